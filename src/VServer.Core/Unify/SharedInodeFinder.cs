using VServer.Ports;

namespace VServer.Unify;

/// <summary>Walks a guest's tree and gathers the inodes that have several names, and those that are sealed as if they had; or all.</summary>
internal sealed class SharedInodeFinder(Func<UnixPath, bool> wanted, bool takesAll = false)
{
    private readonly Dictionary<(ulong Device, ulong Inode), SharedInode> found = [];

    /// <summary>All inodes with a name that is wanted, in the order of the walk.</summary>
    public IReadOnlyList<SharedInode> Find(IFolder root, CancellationToken cancellation)
    {
        Walk(root, UnixPath.Root, root.Facts.MountId, cancellation);
        return [.. found.Values.Where(inode => inode.Wanted.Count > 0)];
    }

    private void Walk(IFolder folder, UnixPath path, ulong mount, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (FolderEntry entry in folder.Read())
        {
            if (entry.Facts.Kind == FileKind.Folder)
            {
                using IFolder? below = folder.TryOpenFolder(entry.Name);
                if (below is not null && below.Facts.MountId == mount)
                {
                    Walk(below, path.Combine(entry.Name), mount, cancellation);
                }
            }
            else if (entry.Facts.Kind == FileKind.Regular && (takesAll || entry.Facts.LinkCount > 1 || entry.Facts.Flags.HasFlag(InodeFlags.Immutable)))
            {
                Add(path, entry);
            }
        }
    }

    private void Add(UnixPath folder, in FolderEntry entry)
    {
        if (!found.TryGetValue((entry.Facts.Device, entry.Facts.Inode), out SharedInode? inode))
        {
            inode = new SharedInode(entry.Facts);
            found.Add((entry.Facts.Device, entry.Facts.Inode), inode);
        }

        inode.NamesInGuest++;
        if (wanted(folder.Combine(entry.Name)))
        {
            inode.Wanted.Add((folder, entry.Name));
        }
    }
}
