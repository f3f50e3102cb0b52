namespace VServer.Accounting;

/// <summary>Adds up one holder's own and its parts of what it shares.</summary>
internal sealed class UsageSum(HolderTotals own)
{
    private readonly Dictionary<int, (long Bytes, long Inodes)> partners = [];

    /// <summary>Bytes and inodes that no other holder has a name of.</summary>
    public (long Bytes, long Inodes) Exclusive { get; private set; } = (own.Bytes, own.Inodes);

    /// <summary>Bytes and inodes that others have names of, too.</summary>
    public (long Bytes, long Inodes) Shared { get; private set; }

    /// <summary>Bytes and inodes, with its part of what is shared; over all holders these add up exactly.</summary>
    public (long Bytes, long Inodes) Amortised { get; private set; } = (own.Bytes, own.Inodes);

    /// <summary>Bytes and inodes that go with it.</summary>
    public (long Bytes, long Inodes) Freed { get; private set; } = (own.Bytes, own.Inodes);

    /// <summary>By other holder, what is shared with it.</summary>
    public IReadOnlyDictionary<int, (long Bytes, long Inodes)> Partners => partners;

    /// <summary>Adds what is shared.</summary>
    /// <param name="holders">All that share it.</param>
    /// <param name="position">Which of them this one is.</param>
    /// <param name="share">How much it is.</param>
    public void Add(int[] holders, int position, HolderShare share)
    {
        Amortised = (Amortised.Bytes + Part(share.Bytes, holders, position), Amortised.Inodes + Part(share.Inodes, holders, position));
        if (holders.Length == 1)
        {
            Exclusive = (Exclusive.Bytes + share.Bytes, Exclusive.Inodes + share.Inodes);
            Freed = (Freed.Bytes + share.CompleteBytes, Freed.Inodes + share.CompleteInodes);
            return;
        }

        Shared = (Shared.Bytes + share.Bytes, Shared.Inodes + share.Inodes);
        foreach (int other in holders.Where((_, index) => index != position))
        {
            (long bytes, long inodes) = partners.GetValueOrDefault(other);
            partners[other] = (bytes + share.Bytes, inodes + share.Inodes);
        }
    }

    // What does not divide goes to the first ones, so that nothing is lost by rounding.
    private static long Part(long whole, int[] holders, int position) =>
        (whole / holders.Length) + (position < whole % holders.Length ? 1 : 0);
}
