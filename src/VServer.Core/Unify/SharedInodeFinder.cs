using VServer.Accounting;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Walks a guest's tree and gathers the inodes that have several names, and those that are sealed as if they had; or all.</summary>
internal sealed class SharedInodeFinder(Func<UnixPath, bool> wanted, bool takesAll = false)
{
    private readonly Dictionary<InodeKey, SharedInode> found = [];

    /// <summary>All inodes with a name that is wanted, in the order of the walk.</summary>
    public IReadOnlyList<SharedInode> Find(IFolder root, CancellationToken cancellation)
    {
        foreach (WalkedFolder folder in TreeWalk.Through(root, descends: null, cancellation))
        {
            foreach (FolderEntry entry in folder.Entries.Where(IsTaken))
            {
                Add(folder.Path, entry);
            }
        }

        return [.. found.Values.Where(inode => inode.Wanted.Count > 0)];
    }

    private bool IsTaken(FolderEntry entry) =>
        entry.Facts.Kind == FileKind.Regular && (takesAll || entry.Facts.LinkCount > 1 || entry.Facts.Flags.HasFlag(InodeFlags.Immutable));

    private void Add(UnixPath folder, in FolderEntry entry)
    {
        if (!found.TryGetValue(entry.Facts.Key, out SharedInode? inode))
        {
            inode = new SharedInode(entry.Facts);
            found.Add(entry.Facts.Key, inode);
        }

        inode.NamesInGuest++;
        if (wanted(folder.Combine(entry.Name)))
        {
            inode.Wanted.Add((folder, entry.Name));
        }
    }
}
