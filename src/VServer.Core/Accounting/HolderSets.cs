namespace VServer.Accounting;

/// <summary>
/// Sets of holders, each kept once: thousands of inodes are shared by the same few guests. A set is known by its number; 0 is the empty one.
/// Each is kept as another set and one holder more.
/// </summary>
internal sealed class HolderSets
{
    private readonly List<(int Smaller, int Holder)> sets = [(0, -1)];
    private readonly Dictionary<(int Set, int Holder), int> grown = [];

    /// <summary>The set with one holder more. When holders come in one order for all, equal sets have equal numbers.</summary>
    public int Add(int set, int holder)
    {
        if (!grown.TryGetValue((set, holder), out int larger))
        {
            larger = sets.Count;
            sets.Add((set, holder));
            grown.Add((set, holder), larger);
        }

        return larger;
    }

    /// <summary>The holders of a set, in their own order.</summary>
    public int[] MembersOf(int set)
    {
        List<int> members = [];
        for (; set != 0; set = sets[set].Smaller)
        {
            members.Add(sets[set].Holder);
        }

        members.Sort();
        return [.. members];
    }
}
