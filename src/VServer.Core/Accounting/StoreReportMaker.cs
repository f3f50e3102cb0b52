using VServer.Guests;

namespace VServer.Accounting;

/// <summary>Turns what was counted into what users see.</summary>
internal sealed class StoreReportMaker(Store store, StoreHolders holders, StoreCensus census)
{
    private readonly string fileSystem = store.Host.FileSystemOf(store.Path);

    /// <summary>Makes the report.</summary>
    public StoreReport Make()
    {
        IReadOnlyList<(int[] Holders, HolderShare Share)> shares = census.Shares();
        UsageSum[] sums = [.. Enumerable.Range(0, holders.Count).Select(holder => new UsageSum(census[holder]))];
        foreach ((int[] members, HolderShare share) in shares)
        {
            for (int position = 0; position < members.Length; position++)
            {
                sums[members[position]].Add(members, position, share);
            }
        }

        return new StoreReport(Total(sums, shares), [.. Enumerable.Range(1, holders.Count - 1).Select(holder => Describe(holder, sums[holder], shares))]);
    }

    private Usage Describe(int holder, UsageSum sum, IReadOnlyList<(int[] Holders, HolderShare Share)> shares) => new()
    {
        Name = holders.NameOf(holder),
        Store = store.Path,
        IsTemplate = holder <= holders.Templates,
        TotalBytes = sum.Exclusive.Bytes + sum.Shared.Bytes,
        ExclusiveBytes = sum.Exclusive.Bytes,
        SharedBytes = sum.Shared.Bytes,
        AmortisedBytes = sum.Amortised.Bytes,
        TotalInodes = sum.Exclusive.Inodes + sum.Shared.Inodes,
        ExclusiveInodes = sum.Exclusive.Inodes,
        SharedInodes = sum.Shared.Inodes,
        AmortisedInodes = sum.Amortised.Inodes,
        FreedByRemoval = sum.Freed.Bytes,
        DeltaBytes = census[holder].DeltaBytes,
        LinkHeadroom = Headroom(census[holder].MostLinks),
        OtherTrustGroupInodes = shares.Where(share => share.Holders.Contains(holder) && share.Holders.Any(other => !holders.MayShare(holder, other)))
            .Sum(static share => share.Share.Inodes),
        SharedWith = [.. sum.Partners
            .Select(partner => new UsagePartner(
                holders.NameOf(holder), holders.NameOf(partner.Key), partner.Value.Inodes, partner.Value.Bytes, holders.MayShare(holder, partner.Key)))
            .OrderByDescending(static partner => partner.Bytes)
            .ThenBy(static partner => partner.Partner, StringComparer.Ordinal)],
    };

    private StoreUsage Total(UsageSum[] sums, IReadOnlyList<(int[] Holders, HolderShare Share)> shares)
    {
        (int[] Holders, HolderShare Share)[] common = [.. shares.Where(static share => share.Holders.Length > 1)];
        long total = sums.Sum(static sum => sum.Amortised.Bytes);
        long alone = sums.Sum(static sum => sum.Exclusive.Bytes + sum.Shared.Bytes);
        return new StoreUsage
        {
            Store = store.Path,
            FileSystem = fileSystem,
            Templates = holders.Templates,
            Guests = holders.Count - holders.Templates - 1,
            TotalBytes = total,
            TotalInodes = sums.Sum(static sum => sum.Amortised.Inodes),
            AloneBytes = alone,
            SavedBytes = alone - total,
            SharedBytes = common.Sum(static share => share.Share.Bytes),
            SharedInodes = common.Sum(static share => share.Share.Inodes),
            OwnBytes = sums[StoreHolders.Own].Amortised.Bytes,
            OwnInodes = sums[StoreHolders.Own].Amortised.Inodes,
            OutsideBytes = shares.Sum(static share => share.Share.Bytes - share.Share.CompleteBytes),
            OutsideInodes = shares.Sum(static share => share.Share.Inodes - share.Share.CompleteInodes),
            OtherTrustGroupInodes = shares.Where(share => AreMixed(share.Holders)).Sum(static share => share.Share.Inodes),
            LinkLimit = LinkLimits.Of(fileSystem),
            LinkHeadroom = Headroom(Enumerable.Range(0, holders.Count).Max(holder => census[holder].MostLinks)),
        };
    }

    private bool AreMixed(int[] members) => Array.Exists(members, left => Array.Exists(members, right => !holders.MayShare(left, right)));

    // An inode that no census met with several names has one.
    private long? Headroom(uint mostLinks) => LinkLimits.Of(fileSystem) - Math.Max(1, mostLinks);
}
