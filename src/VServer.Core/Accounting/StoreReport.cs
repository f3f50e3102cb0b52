namespace VServer.Accounting;

/// <summary>What a store takes.</summary>
/// <param name="Total">The store as a whole.</param>
/// <param name="Parts">Its templates, then its guests, in ordinal order.</param>
public sealed record StoreReport(StoreUsage Total, IReadOnlyList<Usage> Parts);
