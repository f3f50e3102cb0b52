using VServer.Ports;

namespace VServer.Accounting;

/// <summary>Walks one tree and counts what it takes; inodes with several names are kept apart, to be matched with other trees.</summary>
internal sealed class InodeCensus
{
    /// <summary>Bytes of inodes that have all their names here.</summary>
    public long OwnBytes { get; private set; }

    /// <summary>Inodes that have all their names here, as far as one name tells.</summary>
    public long OwnInodes { get; private set; }

    /// <summary>Inodes with several names, here or elsewhere.</summary>
    public Dictionary<ulong, LinkedInode> Linked { get; } = [];

    /// <summary>Counts a tree; what is mounted in it belongs to others.</summary>
    public void Count(IFolder root, CancellationToken cancellation)
    {
        OwnInodes++;
        OwnBytes += root.Facts.AllocatedBytes;
        Walk(root, root.Facts.MountId, cancellation);
    }

    private void Walk(IFolder folder, ulong mount, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (FolderEntry entry in folder.Read())
        {
            if (entry.Facts.MountId != mount)
            {
                continue;
            }

            if (entry.Facts.Kind != FileKind.Folder && entry.Facts.LinkCount > 1)
            {
                AddLinked(entry.Facts);
                continue;
            }

            OwnInodes++;
            OwnBytes += entry.Facts.AllocatedBytes;
            if (entry.Facts.Kind == FileKind.Folder)
            {
                using IFolder? below = folder.TryOpenFolder(entry.Name);
                if (below is not null)
                {
                    Walk(below, mount, cancellation);
                }
            }
        }
    }

    private void AddLinked(in FileFacts facts)
    {
        LinkedInode before = Linked.GetValueOrDefault(facts.Inode);
        Linked[facts.Inode] = new LinkedInode(facts.AllocatedBytes, facts.LinkCount, before.NamesHere + 1);
    }
}
