namespace VServer;

/// <summary>What giving a guest private copies again did, or under -WhatIf would do.</summary>
public sealed record UndoResult
{
    /// <summary>The guest.</summary>
    public required string Guest { get; init; }

    /// <summary>True when nothing was done, only found out.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Files that got an inode of their own.</summary>
    public long Copied { get; init; }

    /// <summary>Their sizes added up, in bytes.</summary>
    public long CopiedBytes { get; init; }

    /// <summary>Files that had one already.</summary>
    public long AlreadyPrivate { get; init; }

    /// <summary>Files left shared, by reason.</summary>
    public IReadOnlyDictionary<SkipReason, long> Skipped { get; init; } = new Dictionary<SkipReason, long>();

    /// <summary>Left-overs of an interrupted run that were removed first.</summary>
    public long Recovered { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
