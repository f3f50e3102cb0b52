namespace VServer;

/// <summary>What one guest or template takes on disk. Sizes are allocated bytes, as du counts them; inodes include folders and links.</summary>
public sealed record Usage
{
    /// <summary>The guest or template.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the store.</summary>
    public string Store { get; init; } = "";

    /// <summary>True for a template.</summary>
    public bool IsTemplate { get; init; }

    /// <summary>Bytes its tree would take alone.</summary>
    public long TotalBytes { get; init; }

    /// <summary>Bytes of inodes that no other tree of the store has a name of.</summary>
    public long ExclusiveBytes { get; init; }

    /// <summary>Bytes of inodes shared with other trees.</summary>
    public long SharedBytes { get; init; }

    /// <summary>Exclusive bytes and an equal part of each shared inode; over the store these add up to what du says.</summary>
    public long AmortisedBytes { get; init; }

    /// <summary>Inodes its tree would take alone.</summary>
    public long TotalInodes { get; init; }

    /// <summary>Inodes that no other tree of the store has a name of.</summary>
    public long ExclusiveInodes { get; init; }

    /// <summary>Inodes shared with other trees.</summary>
    public long SharedInodes { get; init; }

    /// <summary>Exclusive inodes and an equal part of each set of shared ones; over the store these add up to what find counts.</summary>
    public long AmortisedInodes { get; init; }

    /// <summary>Bytes that removing it would give back; less than <see cref="ExclusiveBytes"/> where an inode has names outside the store.</summary>
    public long FreedByRemoval { get; init; }

    /// <summary>Bytes of its delta, part of the others.</summary>
    public long DeltaBytes { get; init; }

    /// <summary>How many more names its inode with most of them can get; null where the file system's limit is not known.</summary>
    public long? LinkHeadroom { get; init; }

    /// <summary>Inodes shared with a guest or template of another trust group, of which there must be none.</summary>
    public long OtherTrustGroupInodes { get; init; }

    /// <summary>With whom it shares, most bytes first.</summary>
    public IReadOnlyList<UsagePartner> SharedWith { get; init; } = [];

    /// <summary>Bytes that unify would still save, found by comparing file with file; null when not asked for, or while the guest runs.</summary>
    public long? SavableBytes { get; init; }

    /// <summary>How many files those are.</summary>
    public long? SavableFiles { get; init; }
}
