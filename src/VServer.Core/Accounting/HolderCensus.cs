using VServer.Ports;

namespace VServer.Accounting;

/// <summary>Counts what one holder has: a guest or template with its delta, or the store itself. Each inode counts once, as with du.</summary>
internal sealed class HolderCensus
{
    /// <summary>Bytes of inodes with one name.</summary>
    public long Bytes { get; private set; }

    /// <summary>Inodes with one name.</summary>
    public long Inodes { get; private set; }

    /// <summary>Bytes of the delta, part of all others.</summary>
    public long DeltaBytes { get; private set; }

    /// <summary>The most names that one inode has anywhere.</summary>
    public uint MostLinks { get; private set; }

    /// <summary>Inodes with several names, here or elsewhere.</summary>
    public Dictionary<InodeKey, LinkedInode> Linked { get; } = [];

    /// <summary>Counts a tree and its root.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="isDelta">True for what belongs to a delta.</param>
    /// <param name="takes">False for paths that are counted with another holder; null for none.</param>
    /// <param name="meter">Gets how far it is.</param>
    /// <param name="cancellation">Ends the counting.</param>
    public void Count(IFolder root, bool isDelta, Func<UnixPath, bool>? takes, WorkMeter meter, CancellationToken cancellation)
    {
        Add(root.Facts, isDelta);
        foreach (WalkedFolder folder in TreeWalk.Through(root, takes, cancellation))
        {
            foreach (FolderEntry entry in folder.Entries)
            {
                if (takes is null || entry.Facts.Kind != FileKind.Folder || takes(folder.Path.Combine(entry.Name)))
                {
                    Add(entry.Facts, isDelta);
                }
            }

            meter.Add(folder.Entries.Count, 0, folder.Path);
        }
    }

    private void Add(in FileFacts facts, bool isDelta)
    {
        // The link count of a folder tells of folders below, not of names.
        if (facts.Kind == FileKind.Folder || facts.LinkCount < 2)
        {
            Inodes++;
            Bytes += facts.AllocatedBytes;
            DeltaBytes += isDelta ? facts.AllocatedBytes : 0;
            return;
        }

        InodeKey key = facts.Key;
        uint names = Linked.GetValueOrDefault(key).Names;
        Linked[key] = new LinkedInode(facts.AllocatedBytes, facts.LinkCount, names + 1, 0);
        DeltaBytes += isDelta && names == 0 ? facts.AllocatedBytes : 0;
        MostLinks = Math.Max(MostLinks, facts.LinkCount);
    }
}
