using VServer.Ports;

namespace VServer.Unify;

/// <summary>Brings together the inodes that a plan by content has together, where they are still what they were; the others' fate is told.</summary>
internal sealed class PlannedGroups(PlannedFiles planned, ContentRun run, ContentRecorder recorder)
{
    /// <summary>Groups of inodes, first those that stay.</summary>
    public IReadOnlyList<IReadOnlyList<ContentInode>> Group(IEnumerable<ContentInode> found)
    {
        Dictionary<InodeKey, ContentInode> inodes = ContentGrouper.Merge(found);
        Dictionary<InodeKey, InodeKey> pairs = [];
        List<ContentInode> shared = [];
        foreach (ContentInode inode in inodes.Values)
        {
            if (KeptFor(inode) is not { } kept)
            {
                continue;
            }

            if (kept.Key == inode.Facts.Key)
            {
                shared.Add(inode);
            }
            else if (Refuse(inode, kept, inodes) is { } why)
            {
                recorder.Record(inode, new FileFate(SkipReason.Changed, why));
            }
            else
            {
                pairs.Add(inode.Facts.Key, kept.Key);
            }
        }

        ILookup<InodeKey, InodeKey> groups = pairs.Keys.ToLookup(key => Last(key, pairs));
        shared.Where(inode => !groups.Contains(inode.Facts.Key)).ToList().ForEach(inode => recorder.Record(inode, new FileFate(SkipReason.AlreadyShared)));
        return [.. groups.Select(group => Members(group, inodes))];
    }

    // By the first of its names that the plan has: all of them went to one inode.
    private (InodeKey Key, ContentName Name)? KeptFor(ContentInode inode)
    {
        foreach (ContentName name in inode.Names)
        {
            if (planned.KeptFor(run.Guests[name.Guest].Name, run.PathOf(name)) is { } key)
            {
                return (key, name);
            }
        }

        return null;
    }

    private string? Refuse(ContentInode inode, (InodeKey Key, ContentName Name) kept, Dictionary<InodeKey, ContentInode> inodes) =>
        inodes.TryGetValue(kept.Key, out ContentInode? stays)
            ? planned.Change(run.Guests[kept.Name.Guest].Name, run.PathOf(kept.Name), stays.Facts, inode.Facts)
            : "the file that stays is gone since the plan was made, or is not to be shared any more";

    // Bytes are also shared in chains. A plan is a stranger's word, and might lead round in a circle.
    private static InodeKey Last(InodeKey key, Dictionary<InodeKey, InodeKey> pairs)
    {
        for (int step = 0; step < pairs.Count && pairs.TryGetValue(key, out InodeKey next); step++)
        {
            key = next;
        }

        return key;
    }

    private List<ContentInode> Members(IGrouping<InodeKey, InodeKey> group, Dictionary<InodeKey, ContentInode> inodes) =>
        [inodes[group.Key], .. group.Where(key => key != group.Key).Select(key => inodes[key]).OrderByDescending(inode => planned.Keeps(inode.Facts))];
}
