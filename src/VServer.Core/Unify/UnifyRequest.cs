namespace VServer.Unify;

/// <summary>What to unify.</summary>
public sealed record UnifyRequest
{
    /// <summary>The guest or template whose inodes stay; null by content, where guests are unified with one another.</summary>
    public string? Reference { get; init; }

    /// <summary>The guests whose files become links.</summary>
    public required IReadOnlyList<string> Guests { get; init; }

    /// <summary>Takes a package in by name; all by default.</summary>
    public Func<string, bool> Package { get; init; } = static _ => true;

    /// <summary>What equal files come to have in common.</summary>
    public UnifyMethod Method { get; init; }

    /// <summary>Which files may be shared.</summary>
    public UnifyScope Scope { get; init; }

    /// <summary>How shared files are guarded.</summary>
    public UnifyGuard Guard { get; init; } = UnifyGuard.MayUnlink;

    /// <summary>Rules asked before the built-in ones; see <see cref="PathRules"/>.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Takes a file in by its path in the guest; null for all.</summary>
    public Func<UnixPath, bool>? Path { get; init; }

    /// <summary>True to leave modification times out of the metadata gate.</summary>
    public bool IgnoreTime { get; init; }

    /// <summary>Files smaller than this many bytes stay as they are.</summary>
    public long MinimumSize { get; init; }

    /// <summary>True to find out and do nothing.</summary>
    public bool WhatIf { get; init; }

    /// <summary>True when the file system can share extents, as the service finds out.</summary>
    internal bool SharesExtents { get; init; }

    /// <summary>True when no inode may be shared, whatever the guest says.</summary>
    internal bool KeepsInodes { get; init; }

    /// <summary>True when files that cannot be one inode may share their bytes on disk.</summary>
    internal bool Reflinks => SharesExtents && Method != UnifyMethod.HardLink;

    /// <summary>What to put into the queue of guests that run; null to leave them alone.</summary>
    public QueuedUnify? AtNextStart { get; init; }

    /// <summary>The files to keep to, when a plan is replayed.</summary>
    internal PlannedFiles? Planned { get; init; }

    /// <summary>Gets what a plan needs to know of every file that is, or under WhatIf would be, shared; called from several threads.</summary>
    internal Action<UnifyPlanEntry>? Plan { get; init; }

    /// <summary>Gets the fate of every file, called from several threads; null when nobody asks.</summary>
    public Action<UnifyFile>? Files { get; init; }

    /// <summary>Gets how far the work is, called from several threads.</summary>
    public Action<WorkProgress>? Progress { get; init; }

    /// <summary>Why a file of so many bytes is not shared, or null.</summary>
    internal SkipReason? RefuseBySize(long size) => size == 0 ? SkipReason.Empty : size < MinimumSize ? SkipReason.TooSmall : null;
}
