using VServer.Accounting;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Walks a guest's tree and gathers the inodes that have several names, and those that are sealed as if they had; or all.</summary>
internal sealed class SharedInodeFinder(Func<UnixPath, bool> wanted, bool takesAll = false)
{
    // Deep enough that no folder there holds most of a system.
    private const int DepthOfParts = 3;

    private readonly Dictionary<InodeKey, SharedInode> found = [];

    /// <summary>All inodes with a name that is wanted, in an order that follows from the tree alone.</summary>
    public IReadOnlyList<SharedInode> Find(IFolder root, CancellationToken cancellation)
    {
        List<UnixPath> below = [];
        Add(Walk(root, UnixPath.Root, path => IsAbove(path, below), cancellation));

        List<(UnixPath, FolderEntry)>[] parts = new List<(UnixPath, FolderEntry)>[below.Count];
        WorkerPool.Run(
            [.. Enumerable.Range(0, parts.Length)],
            static _ => new NoWorker(),
            (_, part, token) => parts[part] = WalkBelow(root, below[part], token),
            cancellation);
        Array.ForEach(parts, Add);
        return [.. found.Values.Where(inode => inode.Wanted.Count > 0)];
    }

    private static bool IsAbove(UnixPath path, List<UnixPath> below)
    {
        if (path.Bytes.Count((byte)'/') < DepthOfParts)
        {
            return true;
        }

        below.Add(path);
        return false;
    }

    private List<(UnixPath Folder, FolderEntry Entry)> WalkBelow(IFolder root, UnixPath path, CancellationToken cancellation)
    {
        using IFolder? folder = root.TryOpenFolder(path);
        return folder is null ? [] : Walk(folder, path, descends: null, cancellation);
    }

    private List<(UnixPath Folder, FolderEntry Entry)> Walk(
        IFolder start, UnixPath path, Func<UnixPath, bool>? descends, CancellationToken cancellation)
    {
        List<(UnixPath, FolderEntry)> taken = [];
        foreach (WalkedFolder folder in TreeWalk.Through(start, descends, cancellation))
        {
            UnixPath where = path.Combine(folder.Path);
            taken.AddRange(folder.Entries.Where(IsTaken).Select(entry => (where, entry)));
        }

        return taken;
    }

    private bool IsTaken(FolderEntry entry) =>
        entry.Facts.Kind == FileKind.Regular && (takesAll || entry.Facts.LinkCount > 1 || entry.Facts.Flags.HasFlag(InodeFlags.Immutable));

    private void Add(List<(UnixPath Folder, FolderEntry Entry)> taken)
    {
        foreach ((UnixPath folder, FolderEntry entry) in taken)
        {
            Add(folder, entry);
        }
    }

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
