namespace VServer;

/// <summary>
/// A file of a plan and the one whose inode, or whose bytes on disk, it would get, with what both were when the plan was made. Both are
/// equally long.
/// </summary>
public sealed record UnifyPlanEntry
{
    /// <summary>The guest.</summary>
    public required string Guest { get; init; }

    /// <summary>The file, as the guest sees it; bytes that are no text are written <c>\xNN</c>, so that no byte is lost.</summary>
    public required string Path { get; init; }

    /// <summary>The device number of its file system.</summary>
    public ulong Device { get; init; }

    /// <summary>Length in bytes.</summary>
    public long Size { get; init; }

    /// <summary>The guest's inode.</summary>
    public ulong Inode { get; init; }

    /// <summary>How many names it had.</summary>
    public uint Links { get; init; }

    /// <summary>Its mtime, in seconds with nine decimals.</summary>
    public string Modified { get; init; } = "";

    /// <summary>Its ctime, in seconds with nine decimals.</summary>
    public string Changed { get; init; } = "";

    /// <summary>Whose the file is that stays: the reference, or by content one of the guests.</summary>
    public string ReferenceGuest { get; init; } = "";

    /// <summary>That file, as its guest sees it, written like <see cref="Path"/>. Told to who looks; the inode is what counts.</summary>
    public string ReferencePath { get; init; } = "";

    /// <summary>The device number of its file system, which on btrfs is another in another subvolume.</summary>
    public ulong ReferenceDevice { get; init; }

    /// <summary>Its inode.</summary>
    public ulong ReferenceInode { get; init; }

    /// <summary>How many names it had.</summary>
    public uint ReferenceLinks { get; init; }

    /// <summary>Its mtime, in seconds with nine decimals.</summary>
    public string ReferenceModified { get; init; } = "";

    /// <summary>Its ctime, in seconds with nine decimals.</summary>
    public string ReferenceChanged { get; init; } = "";
}
