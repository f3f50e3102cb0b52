namespace VServer.Accounting;

/// <summary>What the holders of one set share, in all.</summary>
internal sealed class HolderShare
{
    /// <summary>Bytes on disk.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many inodes.</summary>
    public long Inodes { get; private set; }

    /// <summary>Bytes of inodes all of whose names were met: what goes when the holders go.</summary>
    public long CompleteBytes { get; private set; }

    /// <summary>How many of those.</summary>
    public long CompleteInodes { get; private set; }

    /// <summary>Adds an inode.</summary>
    public void Add(in LinkedInode inode)
    {
        bool isComplete = inode.Names >= inode.LinkCount;
        Bytes += inode.Bytes;
        Inodes++;
        CompleteBytes += isComplete ? inode.Bytes : 0;
        CompleteInodes += isComplete ? 1 : 0;
    }
}
