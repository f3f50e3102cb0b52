using VServer.Guests;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Accounting;

/// <summary>
/// Says what each guest and template takes on disk, what of it is shared, and with whom. One walk over the whole store answers for all, since
/// sharing has two sides.
/// </summary>
public sealed class UsageService(Store store, ITreeHost trees)
{
    /// <summary>Measures the store.</summary>
    /// <param name="progress">Gets how far it is; null when nobody asks.</param>
    /// <param name="cancellation">Ends it.</param>
    public StoreReport Measure(Action<WorkProgress>? progress, CancellationToken cancellation)
    {
        StoreHolders holders = StoreHolders.Find(store, trees);
        StoreCensus census = new(holders.Count);
        WorkMeter meter = new(progress, 0);
        WorkerPool.Run(
            [.. Enumerable.Range(0, holders.Count)],
            _ => new HolderCounter(store, trees, holders, meter),
            (counter, holder, token) => census.Add(holder, counter.Count(holder, token)),
            cancellation);
        return new StoreReportMaker(store, holders, census).Make();
    }
}
