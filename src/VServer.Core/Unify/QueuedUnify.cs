namespace VServer.Unify;

/// <summary>A request that waits for a running guest's next start, as kept in <c>.vserver/queue/NAME.json</c>.</summary>
// Settable where there is a default: the serializer forgets the defaults of what can only be initialized.
public sealed record QueuedUnify
{
    /// <summary>The guest or template whose inodes stay.</summary>
    public required string Reference { get; init; }

    /// <summary>Packages by name, by name with wildcards, or ALL.</summary>
    public IReadOnlyList<string> Packages { get; set; } = [];

    /// <summary>Which files may be shared.</summary>
    public UnifyScope Scope { get; init; }

    /// <summary>What equal files come to have in common.</summary>
    public UnifyMethod Method { get; init; }

    /// <summary>How shared files are guarded.</summary>
    public UnifyGuard Guard { get; init; }

    /// <summary>Rules asked before the built-in ones.</summary>
    public IReadOnlyList<string> Rules { get; set; } = [];

    /// <summary>Paths inside the guest; empty for all.</summary>
    public IReadOnlyList<string> Paths { get; set; } = [];

    /// <summary>True to leave modification times out of the metadata gate.</summary>
    public bool IgnoreTime { get; init; }

    /// <summary>Files smaller than this many bytes stay as they are.</summary>
    public long MinimumSize { get; init; }
}
