using VServer.Accounting;

namespace VServer.Changes;

/// <summary>A folder of a delta, and what it was before.</summary>
/// <param name="Delta">The folder, open, with what is in it.</param>
/// <param name="Before">Where it was in the tree; null for a folder that continues none there.</param>
/// <param name="IsHiding">True when what was in it is gone unless it is in the delta, too.</param>
/// <param name="IsMoved">True when it was renamed.</param>
/// <param name="Covered">What had its name in the tree before it got it; null unless it was renamed.</param>
internal readonly record struct DeltaFolder(WalkedFolder Delta, UnixPath? Before, bool IsHiding, bool IsMoved, UnixPath? Covered)
{
    /// <summary>True when it was renamed and is where it was again.</summary>
    public bool IsBack { get; init; }
}
