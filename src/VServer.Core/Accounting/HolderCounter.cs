using VServer.Guests;
using VServer.Ports;

namespace VServer.Accounting;

/// <summary>One thread's part of measuring a store.</summary>
internal sealed class HolderCounter : IDisposable
{
    private readonly StoreHolders holders;
    private readonly WorkMeter meter;
    private readonly IFolder root;

    /// <summary>Opens the store for this thread.</summary>
    public HolderCounter(Store store, ITreeHost trees, StoreHolders holders, WorkMeter meter)
    {
        this.holders = holders;
        this.meter = meter;
        root = trees.OpenRoot(store.Path);
    }

    /// <summary>Counts one holder.</summary>
    public HolderCensus Count(int holder, CancellationToken cancellation)
    {
        HolderCensus census = new();
        if (holder == StoreHolders.Own)
        {
            census.Count(root, isDelta: false, holders.IsOwn, meter, cancellation);
            return census;
        }

        string name = holders.NameOf(holder);
        CountBelow(UnixPath.Parse(name), isDelta: false, census, cancellation);
        CountBelow(UnixPath.Parse($".vserver/delta/{name}"), isDelta: true, census, cancellation);
        return census;
    }

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    private void CountBelow(UnixPath path, bool isDelta, HolderCensus census, CancellationToken cancellation)
    {
        using IFolder? tree = root.TryOpenFolder(path);
        if (tree is not null && tree.Facts.MountId == root.Facts.MountId)
        {
            census.Count(tree, isDelta, takes: null, meter, cancellation);
        }
    }
}
