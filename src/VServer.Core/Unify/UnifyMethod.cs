namespace VServer.Unify;

/// <summary>What equal files come to have in common.</summary>
public enum UnifyMethod
{
    /// <summary>The inode: on every file system, and in memory too.</summary>
    HardLink,

    /// <summary>The bytes on disk: each file keeps its inode, and its guest may change it. On btrfs, and on xfs made with reflink=1.</summary>
    Reflink,

    /// <summary>The inode where it may be one, the bytes on disk where that is all, as far as the file system can.</summary>
    Auto,
}
