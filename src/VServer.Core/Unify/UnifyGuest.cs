namespace VServer.Unify;

/// <summary>A guest taking part in a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tree">Absolute path of its tree.</param>
/// <param name="Refusal">Why none of its files may be shared; null when they may.</param>
/// <param name="Gate">Which packages it has in common with the reference.</param>
internal sealed record UnifyGuest(string Name, string Tree, SkipReason? Refusal, PackageGate Gate)
{
    /// <summary>True when its files may become names of other inodes; false when it keeps inodes of its own and shares extents alone.</summary>
    public bool TakesLinks { get; init; } = true;

    /// <summary>Rules of this guest's own; null when the run's hold.</summary>
    public PathRules? Rules { get; init; }

    /// <summary>Why this guest may not share this candidate; null when it may.</summary>
    public SkipReason? Refuses(UnixPath folder, in Candidate candidate) =>
        Refusal
        ?? candidate.Refusal
        ?? (candidate.Package >= 0 && Gate.Refusals.Count > 0 ? Gate.Refusals[candidate.Package] : null)
        ?? (Rules?.Allows(folder.Combine(candidate.Name)) == false ? SkipReason.Excluded : null);
}
