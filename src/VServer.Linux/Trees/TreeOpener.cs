using VServer.Linux.Interop;

namespace VServer.Linux.Trees;

/// <summary>Opens without changing access times where the kernel lets us: a look at a guest is no change to it.</summary>
internal static class TreeOpener
{
    /// <summary>For a tree's root, whose path is the host's own.</summary>
    public static readonly ulong RootFlags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec | OpenFlags.NoAccessTime;

    /// <summary>For a folder below a root.</summary>
    public static readonly ulong FolderFlags = RootFlags | OpenFlags.NoFollow;

    /// <summary>For a file that is read: never waits for a fifo's writer, never becomes our terminal.</summary>
    public static readonly ulong FileFlags = OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking | OpenFlags.NoControllingTerminal
        | OpenFlags.CloseOnExec | OpenFlags.NoAccessTime;

    /// <summary>For a new file, which must not exist.</summary>
    public static readonly ulong CreateFlags = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow
        | OpenFlags.NoControllingTerminal | OpenFlags.CloseOnExec | OpenFlags.NoAccessTime;

    /// <summary>For an inode of any type that is only asked about, linked or given metadata.</summary>
    public static readonly ulong InodeFlags = OpenFlags.PathOnly | OpenFlags.NoFollow | OpenFlags.CloseOnExec;

    /// <summary>Opens; without O_NOATIME where that is refused, as it is to all but the owner and root.</summary>
    public static NativeResult Open(FileDescriptor folder, ReadOnlySpan<byte> path, ulong flags, ResolveFlags resolve)
    {
        NativeResult result = OpenAt2.Open(folder, path, new OpenHow(flags, 0, resolve));
        bool refused = result.Error == Errno.EPERM && (flags & OpenFlags.NoAccessTime) != 0;
        return refused
            ? OpenAt2.Open(folder, path, new OpenHow(flags & ~OpenFlags.NoAccessTime, 0, resolve))
            : result;
    }
}
