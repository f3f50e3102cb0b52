using System.Globalization;
using System.Text;
using VServer.Linux.Interop;
using VServer.Linux.Trees;

namespace VServer.Linux.Storage;

/// <summary>What is mounted where, as /proc/self/mountinfo says.</summary>
internal static class MountTable
{
    private const int MountPointField = 4;

    /// <summary>The mount points strictly below a folder, in the kernel's order.</summary>
    public static IReadOnlyList<string> Within(FileDescriptor folder)
    {
        byte[] path = [.. SymbolicLink.Read(FileDescriptor.CurrentDirectory, folder.WriteProcPath(stackalloc byte[FileDescriptor.ProcPathLength]), UnixPath.Root).Bytes.Span.TrimEnd((byte)'/'), (byte)'/'];
        GC.KeepAlive(folder);
        return [.. ReadMountPoints().Where(point => point.AsSpan().StartsWith(path)).Select(static point => UnixPath.FromBytes(point).ToString())];
    }

    /// <summary>The type of the file system of a mount, by the number that statx gives it; empty when it is not listed.</summary>
    public static string TypeOf(ulong mount)
    {
        string start = mount.ToString(CultureInfo.InvariantCulture) + " ";
        string? line = File.ReadLines("/proc/self/mountinfo", Encoding.Latin1).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
        // After a lone hyphen, which no field before it can be.
        string[] fields = line?.Split(" - ", 2)[^1].Split(' ') ?? [""];
        return fields[0];
    }

    private static IEnumerable<byte[]> ReadMountPoints() => File.ReadLines("/proc/self/mountinfo", Encoding.Latin1)
        .Select(static line => line.Split(' '))
        .Where(static fields => fields.Length > MountPointField)
        .Select(static fields => Unescape(Encoding.Latin1.GetBytes(fields[MountPointField])));

    // Blanks, tabs, newlines and backslashes are written as a backslash and three octal digits.
    private static byte[] Unescape(byte[] text)
    {
        List<byte> bytes = new(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            bool isEscape = text[at] == '\\' && at + 3 < text.Length;
            bytes.Add(isEscape ? (byte)(((text[at + 1] - '0') << 6) | ((text[at + 2] - '0') << 3) | (text[at + 3] - '0')) : text[at]);
            at += isEscape ? 3 : 0;
        }

        return [.. bytes];
    }
}
