using VServer.Ports;

namespace VServer.Unify;

/// <summary>Brings together inodes that may turn out to be equal.</summary>
internal static class ContentGrouper
{
    // A group of more bytes is given out before the others, so that no thread is left alone with it at the end.
    private const long LargeGroup = 16 * 1024 * 1024;

    /// <summary>Groups of inodes of one key, the one with most names first; large groups come first, the others as they were found, folder by folder.</summary>
    public static IReadOnlyList<IReadOnlyList<ContentInode>> Group(IEnumerable<ContentInode> found, UnifyRequest request)
    {
        // Files that share extents need be equal in nothing but their bytes.
        return [.. Merge(found).Values
            .GroupBy(inode => request.Reflinks ? new ContentKey { Size = inode.Facts.Size } : ContentKey.Of(inode.Facts, request.IgnoreTime))
            .Select(static group => group.OrderByDescending(static inode => inode.Facts.LinkCount).ToList())
            .OrderByDescending(static group => Math.Max(LargeGroup, group.Count * group[0].Facts.Size))];
    }

    /// <summary>Every inode once, with all names of it that were found.</summary>
    public static Dictionary<InodeKey, ContentInode> Merge(IEnumerable<ContentInode> found)
    {
        Dictionary<InodeKey, ContentInode> inodes = [];
        foreach (ContentInode inode in found)
        {
            if (!inodes.TryAdd(inode.Facts.Key, inode))
            {
                inodes[inode.Facts.Key].Names.AddRange(inode.Names);
            }
        }

        return inodes;
    }
}
