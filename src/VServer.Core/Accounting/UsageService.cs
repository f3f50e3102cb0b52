using VServer.Guests;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Accounting;

/// <summary>Says what each guest and template takes on disk, and what of it is shared.</summary>
public sealed class UsageService(Store store, ITreeHost trees)
{
    /// <summary>
    /// Measures the whole store, since sharing has two sides, and gives the guests and templates whose name passes: templates first, then
    /// guests, in ordinal order.
    /// </summary>
    public IReadOnlyList<Usage> Measure(Func<string, bool> filter, CancellationToken cancellation)
    {
        string[] templates = [.. store.TemplateNames().Where(HasTree)];
        string[] names = [.. templates, .. store.GuestNames().Where(HasTree)];
        (InodeCensus Tree, InodeCensus Delta)[] counted = new (InodeCensus, InodeCensus)[names.Length];
        WorkerPool.Run(
            [.. Enumerable.Range(0, names.Length)],
            static _ => new NoWorker(),
            (_, index, token) => counted[index] = (CountTree(names[index], token), CountDelta(names[index], token)),
            cancellation);
        Dictionary<ulong, int> holders = CountHolders(counted.Select(pair => pair.Tree));
        return [.. names.Select((name, index) => Describe(name, index < templates.Length, counted[index].Tree, counted[index].Delta, holders))
            .Where(usage => filter(usage.Name))];
    }

    private static Dictionary<ulong, int> CountHolders(IEnumerable<InodeCensus> censuses)
    {
        Dictionary<ulong, int> holders = [];
        foreach (ulong inode in censuses.SelectMany(census => census.Linked.Keys))
        {
            holders[inode] = holders.GetValueOrDefault(inode) + 1;
        }

        return holders;
    }

    private static Usage Describe(string name, bool isTemplate, InodeCensus tree, InodeCensus delta, Dictionary<ulong, int> holders)
    {
        long deltaBytes = delta.OwnBytes + delta.Linked.Values.Sum(inode => inode.Bytes);
        long exclusiveBytes = tree.OwnBytes + deltaBytes;
        long exclusiveInodes = tree.OwnInodes + delta.OwnInodes + delta.Linked.Count;
        long freed = exclusiveBytes;
        long shared = 0;
        long sharedInodes = 0;
        double amortised = 0;
        foreach ((ulong number, LinkedInode inode) in tree.Linked)
        {
            int trees = holders[number];
            exclusiveBytes += trees == 1 ? inode.Bytes : 0;
            exclusiveInodes += trees == 1 ? 1 : 0;
            shared += trees == 1 ? 0 : inode.Bytes;
            sharedInodes += trees == 1 ? 0 : 1;
            amortised += trees == 1 ? 0 : (double)inode.Bytes / trees;
            freed += inode.NamesHere == inode.LinkCount ? inode.Bytes : 0;
        }

        return new Usage
        {
            Name = name,
            IsTemplate = isTemplate,
            TotalBytes = exclusiveBytes + shared,
            ExclusiveBytes = exclusiveBytes,
            SharedBytes = shared,
            AmortisedBytes = exclusiveBytes + (long)Math.Round(amortised),
            TotalInodes = exclusiveInodes + sharedInodes,
            ExclusiveInodes = exclusiveInodes,
            SharedInodes = sharedInodes,
            FreedByRemoval = freed,
            DeltaBytes = deltaBytes,
        };
    }

    private bool HasTree(string name) => store.Host.FolderExists(store.TreePath(name));

    private InodeCensus CountTree(string name, CancellationToken cancellation) => Count(store.TreePath(name), cancellation);

    private InodeCensus CountDelta(string name, CancellationToken cancellation) => Count(store.DeltaFolder(name), cancellation);

    private InodeCensus Count(string path, CancellationToken cancellation)
    {
        InodeCensus census = new();
        if (store.Host.FolderExists(path))
        {
            using IFolder root = trees.OpenRoot(path);
            census.Count(root, cancellation);
        }

        return census;
    }
}
