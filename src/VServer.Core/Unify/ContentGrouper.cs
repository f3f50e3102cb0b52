namespace VServer.Unify;

/// <summary>Brings together inodes that may turn out to be equal.</summary>
internal static class ContentGrouper
{
    /// <summary>Groups of at least two inodes of one key, the one with most names first; the group with most bytes to read comes first.</summary>
    public static IReadOnlyList<IReadOnlyList<ContentInode>> Group(IEnumerable<ContentName> names, bool ignoreTime)
    {
        Dictionary<ulong, ContentInode> inodes = [];
        foreach (ContentName name in names)
        {
            if (!inodes.TryGetValue(name.Facts.Inode, out ContentInode? inode))
            {
                inode = new ContentInode(name.Facts);
                inodes.Add(name.Facts.Inode, inode);
            }

            inode.Names.Add(name);
        }

        return [.. inodes.Values
            .GroupBy(inode => ContentKey.Of(inode.Facts, ignoreTime))
            .Select(static group => group.OrderByDescending(static inode => inode.Facts.LinkCount).ToList())
            .OrderByDescending(static group => group.Count * group[0].Facts.Size)];
    }
}
