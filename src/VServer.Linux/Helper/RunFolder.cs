using System.Globalization;
using System.Text;
using VServer.Linux.Interop;
using VServer.Linux.Storage;

namespace VServer.Linux.Helper;

/// <summary>A guest's run-time folder as the helper keeps it: its lock, and its state, which is believed only as far as the kernel bears it out.</summary>
internal sealed class RunFolder(string path)
{
    /// <summary>Mode 0600.</summary>
    private const ulong PrivateFile = 0x180;

    /// <summary>What the monitor wrote; null when nothing is.</summary>
    public RunState? ReadState()
    {
        try
        {
            Dictionary<string, string> lines = File.ReadLines(Path.Combine(path, "state"))
                .Select(static line => line.Split('=', 2))
                .Where(static pair => pair.Length == 2)
                .ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
            return new RunState(Mark(lines, "monitor"), Mark(lines, "init"), lines.GetValueOrDefault("cgroup"));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Takes the lock that every change to a guest is made under; null when somebody has it.</summary>
    public FileDescriptor? TryLock(bool shared)
    {
        new LinuxStoreHost().CreatePrivateFolder(path);
        UnixPath file = UnixPath.Parse(Path.Combine(path, "lock"));
        ulong flags = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.CloseOnExec | OpenFlags.NoFollow;
        NativeResult opened = OpenAt2.Open(FileDescriptor.CurrentDirectory, Encoding.UTF8.GetBytes($"{path}/lock\0"), new OpenHow(flags, PrivateFile, 0));
        opened.ThrowIfFailed("openat2", "open the lock", file);
        FileDescriptor descriptor = FileDescriptor.Own(opened.Value);
        NativeResult locked = FLock.Try(descriptor, shared);
        if (locked.Succeeded)
        {
            return descriptor;
        }

        descriptor.Dispose();
        return locked.Error == Errno.EAGAIN ? null : throw locked.Failure("flock", "lock", file);
    }

    private static ProcessMark Mark(Dictionary<string, string> lines, string key) => new(
        int.Parse(lines.GetValueOrDefault(key, "0"), CultureInfo.InvariantCulture),
        ulong.Parse(lines.GetValueOrDefault($"{key}-start", "0"), CultureInfo.InvariantCulture));
}
