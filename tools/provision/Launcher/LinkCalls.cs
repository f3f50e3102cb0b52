using System.Runtime.InteropServices;

namespace VServer.Engine;

/// <summary>What the engine asks about hard and symbolic links.</summary>
public static partial class LinkCalls
{
    /// <summary>True for a symbolic link, whatever it points at.</summary>
    public static bool IsSymbolicLink(FileSystemInfo item) => item?.LinkTarget is not null;

    /// <summary>True for a file with more than one name.</summary>
    public static bool IsHardLink(FileSystemInfo item) =>
        item is FileInfo && FileStatus.TryRead(item.FullName, out var status) && status.Links > 1;

    /// <summary>The word that <c>LinkType</c> shows.</summary>
    public static string? LinkType(FileSystemInfo item) =>
        IsSymbolicLink(item) ? "SymbolicLink" : IsHardLink(item) ? "HardLink" : null;

    /// <summary>True when both paths lead to one inode.</summary>
    public static bool IsSameFile(string first, string second) =>
        FileStatus.TryRead(first, out var one) && FileStatus.TryRead(second, out var other)
        && (one.Device, one.Inode) == (other.Device, other.Inode);

    /// <summary>Device and inode, by which the engine knows a folder it has walked already.</summary>
    public static bool GetInodeData(string path, out (ulong Device, ulong Inode) inodeData)
    {
        var found = FileStatus.TryRead(path, out var status);
        inodeData = (status.Device, status.Inode);
        return found;
    }

    /// <summary>Makes a hard link; the last argument is unused on every system.</summary>
    public static bool CreateHardLink(string name, string existing, nint security) => Link(existing, name) == 0;

    /// <summary>Makes a symbolic link; links to folders are nothing special here.</summary>
    public static bool CreateSymbolicLink(string path, string target, bool isDirectory) => Symlink(target, path) == 0;

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "symlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Symlink(string target, string path);
}
