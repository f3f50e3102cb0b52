namespace VServer;

/// <summary>How a guest was stopped.</summary>
/// <param name="Name">The guest.</param>
/// <param name="Step">What ended it.</param>
/// <param name="Elapsed">How long that took.</param>
/// <param name="Moved">Names folded from its delta into its tree.</param>
/// <param name="Removed">Names that the guest had removed.</param>
public sealed record StopResult(string Name, StopStep Step, TimeSpan Elapsed, long Moved, long Removed)
{
    /// <summary>True when the changes it had were dropped.</summary>
    public bool Discarded { get; init; }
}
