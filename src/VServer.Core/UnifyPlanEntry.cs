namespace VServer;

/// <summary>A file of a plan, with what both sides were when it was made. Both are on one file system and equally long.</summary>
public sealed record UnifyPlanEntry
{
    /// <summary>The guest.</summary>
    public required string Guest { get; init; }

    /// <summary>The file, as guest and reference see it; bytes that are no text are written <c>\xNN</c>, so that no byte is lost.</summary>
    public required string Path { get; init; }

    /// <summary>The file system's device number.</summary>
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

    /// <summary>The reference's inode.</summary>
    public ulong ReferenceInode { get; init; }

    /// <summary>How many names it had.</summary>
    public uint ReferenceLinks { get; init; }

    /// <summary>Its mtime, in seconds with nine decimals.</summary>
    public string ReferenceModified { get; init; } = "";

    /// <summary>Its ctime, in seconds with nine decimals.</summary>
    public string ReferenceChanged { get; init; } = "";
}
