using VServer.Unify;

namespace VServer;

/// <summary>What a unification would do, file by file, to be kept, read and replayed. Plain values, so that it survives CLIXML and JSON.</summary>
public sealed record UnifyPlan
{
    /// <summary>Absolute path of the store it was made for.</summary>
    public required string Store { get; init; }

    /// <summary>Which folder that was: the store's device and inode.</summary>
    public required string StoreId { get; init; }

    /// <summary>Whose inodes stay; null by content, where it is now one guest's and now another's.</summary>
    public string? Reference { get; init; }

    /// <summary>Which files may be shared.</summary>
    public UnifyScope Scope { get; init; }

    /// <summary>What equal files come to have in common.</summary>
    public UnifyMethod Method { get; init; }

    /// <summary>How shared files are guarded.</summary>
    public UnifyGuard Guard { get; init; }

    /// <summary>Rules asked before the built-in ones.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>True when modification times may differ.</summary>
    public bool IgnoreTime { get; init; }

    /// <summary>The guests, in the order asked.</summary>
    public required IReadOnlyList<string> Guests { get; init; }

    /// <summary>The files.</summary>
    public required IReadOnlyList<UnifyPlanEntry> Entries { get; init; }
}
