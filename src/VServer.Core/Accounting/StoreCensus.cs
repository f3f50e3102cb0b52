using VServer.Ports;

namespace VServer.Accounting;

/// <summary>
/// Puts together what the holders of a store have. Memory grows with the inodes that have several names, each kept once however many guests
/// share it. Safe for several threads.
/// </summary>
internal sealed class StoreCensus
{
    private readonly Lock gate = new();
    private readonly HolderSets sets = new();
    private readonly Dictionary<InodeKey, LinkedInode> linked = [];
    private readonly HolderTotals[] totals;

    /// <summary>Makes a census of so many holders.</summary>
    public StoreCensus(int holders) => totals = new HolderTotals[holders];

    /// <summary>What a holder has that is certainly no other's.</summary>
    public HolderTotals this[int holder] => totals[holder];

    /// <summary>Takes in what was counted at one holder; each at once, so that holders come in one order for all inodes.</summary>
    public void Add(int holder, HolderCensus census)
    {
        long bytes = census.Bytes;
        long inodes = census.Inodes;
        lock (gate)
        {
            foreach ((InodeKey key, LinkedInode inode) in census.Linked)
            {
                if (inode.Names >= inode.LinkCount)
                {
                    bytes += inode.Bytes;
                    inodes++;
                    continue;
                }

                LinkedInode before = linked.GetValueOrDefault(key);
                linked[key] = inode with { Names = before.Names + inode.Names, Holders = sets.Add(before.Holders, holder) };
            }
        }

        totals[holder] = new HolderTotals(bytes, inodes, census.DeltaBytes, census.MostLinks);
    }

    /// <summary>What is shared, by who shares it; alone with one holder are inodes that have names outside the store.</summary>
    public IReadOnlyList<(int[] Holders, HolderShare Share)> Shares()
    {
        Dictionary<int, HolderShare> shares = [];
        foreach (LinkedInode inode in linked.Values)
        {
            if (!shares.TryGetValue(inode.Holders, out HolderShare? share))
            {
                shares.Add(inode.Holders, share = new HolderShare());
            }

            share.Add(inode);
        }

        return [.. shares.Select(pair => (sets.MembersOf(pair.Key), pair.Value))];
    }
}
