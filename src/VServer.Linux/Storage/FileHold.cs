using VServer.Linux.Helper;
using VServer.Linux.Interop;
using VServer.Linux.Trees;

namespace VServer.Linux.Storage;

/// <summary>
/// A lock on a small file of the host's own for as long as its maker lives: the kernel drops it with the maker, so a file that nobody holds
/// is a left-over.
/// </summary>
internal static class FileHold
{
    // Mode 0600.
    private const ulong PrivateFile = 0x180;

    /// <summary>Opens a file that is there to be locked, made when missing.</summary>
    public static FileDescriptor OpenOrCreate(string path)
    {
        ulong flags = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.CloseOnExec | OpenFlags.NoFollow;
        NativeResult opened = OpenAt2.Open(FileDescriptor.CurrentDirectory, NulText.From(path), new OpenHow(flags, PrivateFile, 0));
        opened.ThrowIfFailed("openat2", "open the lock", UnixPath.Parse(path));
        return FileDescriptor.Own(opened.Value);
    }

    /// <summary>Holds an open file; null, and it is closed, when somebody else holds it or it has no name any more.</summary>
    public static FileDescriptor? TryTake(FileDescriptor file, UnixPath path, bool shared = false)
    {
        bool isOurs = false;
        try
        {
            NativeResult locked = FLock.Try(file, shared);
            if (locked.Error != Errno.EAGAIN)
            {
                locked.ThrowIfFailed("flock", "lock", path);
                Statx.Get(file, out StatxBuffer buffer).ThrowIfFailed("statx", "ask about", path);
                isOurs = buffer.LinkCount > 0;
            }

            return isOurs ? file : null;
        }
        finally
        {
            if (!isOurs)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>The same for what a system call has just opened.</summary>
    public static FileDescriptor? TryOwn(nint value, UnixPath path) => TryTake(FileDescriptor.Own(value), path);

    /// <summary>Holds a name's file; null when it is missing or somebody holds it.</summary>
    public static FileDescriptor? TryTake(LinuxFolder folder, UnixPath name)
    {
        NativeResult opened = TreeOpener.Open(folder.Descriptor, name.Terminated, TreeOpener.FileFlags, ResolveFlags.InsideTree);
        if (opened.Error == Errno.ENOENT)
        {
            return null;
        }

        opened.ThrowIfFailed("openat2", "open", name);
        return TryOwn(opened.Value, name);
    }
}
