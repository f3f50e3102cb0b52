namespace VServer;

/// <summary>What unifying one guest did, or under -WhatIf would do.</summary>
public sealed record UnifyResult
{
    /// <summary>The guest.</summary>
    public required string Guest { get; init; }

    /// <summary>Whose inodes it shares; null by content.</summary>
    public string? Reference { get; init; }

    /// <summary>True when nothing was done, only found out.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Files that became one inode with the reference's.</summary>
    public long Linked { get; init; }

    /// <summary>Their sizes added up, in bytes.</summary>
    public long LinkedBytes { get; init; }

    /// <summary>Files that kept their inode and came to share their bytes on disk.</summary>
    public long Reflinked { get; init; }

    /// <summary>Their sizes added up, in bytes.</summary>
    public long ReflinkedBytes { get; init; }

    /// <summary>Files that were shared already.</summary>
    public long AlreadyShared { get; init; }

    /// <summary>Their sizes added up, in bytes.</summary>
    public long AlreadySharedBytes { get; init; }

    /// <summary>Files not shared, by reason.</summary>
    public IReadOnlyDictionary<SkipReason, long> Skipped { get; init; } = new Dictionary<SkipReason, long>();

    /// <summary>Bytes on disk that became free; before compression where the file system compresses shared extents.</summary>
    public long SavedBytes { get; init; }

    /// <summary>Packages common with the reference at the same version, that the request took in.</summary>
    public int Packages { get; init; }

    /// <summary>Packages that both have, at different versions or architectures: none of their files is shared.</summary>
    public IReadOnlyList<UnifyPackage> PackagesDiffering { get; init; } = [];

    /// <summary>Packages of the reference that the guest has not.</summary>
    public IReadOnlyList<UnifyPackage> PackagesMissing { get; init; } = [];

    /// <summary>The guest's package manager, where it is another than the reference's, so that they have no package in common; else null.</summary>
    public string? OtherManager { get; init; }

    /// <summary>True when the guest runs and the request waits for its next start.</summary>
    public bool Queued { get; init; }

    /// <summary>Left-overs of an interrupted run that were removed first.</summary>
    public long Recovered { get; init; }

    /// <summary>How long it took; guests of one call are worked on together and show the same time.</summary>
    public TimeSpan Elapsed { get; init; }
}
