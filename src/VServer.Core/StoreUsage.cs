namespace VServer;

/// <summary>What a whole store takes on disk. Sizes are allocated bytes, as du counts them; inodes include folders and links.</summary>
public sealed record StoreUsage
{
    /// <summary>Absolute path of the store.</summary>
    public required string Store { get; init; }

    /// <summary>The type of its file system.</summary>
    public string FileSystem { get; init; } = "";

    /// <summary>How many templates were measured.</summary>
    public int Templates { get; init; }

    /// <summary>How many guests were measured.</summary>
    public int Guests { get; init; }

    /// <summary>Bytes of all there is: what du says of the store, and what all amortised bytes and the own ones add up to.</summary>
    public long TotalBytes { get; init; }

    /// <summary>Inodes of all there is.</summary>
    public long TotalInodes { get; init; }

    /// <summary>Bytes that it would take if nothing were shared.</summary>
    public long AloneBytes { get; init; }

    /// <summary>The difference of the two: what sharing saves.</summary>
    public long SavedBytes { get; init; }

    /// <summary>Bytes of inodes that have names in several trees, each counted once.</summary>
    public long SharedBytes { get; init; }

    /// <summary>How many of those inodes there are.</summary>
    public long SharedInodes { get; init; }

    /// <summary>Bytes of the store's own files and of folders that are no guest's, with their part of what is shared.</summary>
    public long OwnBytes { get; init; }

    /// <summary>Inodes of the same.</summary>
    public long OwnInodes { get; init; }

    /// <summary>Bytes of inodes that have names outside the store, too: removing guests does not give them back.</summary>
    public long OutsideBytes { get; init; }

    /// <summary>How many of those inodes there are.</summary>
    public long OutsideInodes { get; init; }

    /// <summary>Inodes shared across trust groups, of which there must be none.</summary>
    public long OtherTrustGroupInodes { get; init; }

    /// <summary>How many names one inode may have here; null where that is not known.</summary>
    public long? LinkLimit { get; init; }

    /// <summary>How many more names the inode with most of them can get; null where that is not known.</summary>
    public long? LinkHeadroom { get; init; }
}
