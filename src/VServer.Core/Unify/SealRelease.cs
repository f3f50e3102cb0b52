using VServer.Guests;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Takes the immutable flag off inodes that nobody shares any more. That an inode has several names does not tell: they may all be one
/// reference's, which hard links its own files.
/// </summary>
internal sealed class SealRelease(Store store, ITreeHost trees)
{
    /// <summary>Looks for the inodes in one tree after another, until each was found once: that tree has all its names, or somebody shares it.</summary>
    public void Run(IEnumerable<InodeKey> inodes, CancellationToken cancellation)
    {
        HashSet<InodeKey> wanted = [.. inodes];
        foreach (string tree in store.TemplateNames().Concat(store.GuestNames()).TakeWhile(_ => wanted.Count > 0))
        {
            if (store.Host.FolderExists(store.TreePath(tree)))
            {
                Release(tree, wanted, cancellation);
            }
        }
    }

    /// <summary>Takes the flag off one file.</summary>
    public static void Unseal(IFolder folder, UnixPath name)
    {
        using IFile file = folder.OpenFile(name);
        file.ChangeFlags(InodeFlags.None, InodeFlags.Immutable);
    }

    private void Release(string tree, HashSet<InodeKey> wanted, CancellationToken cancellation)
    {
        using IFolder root = trees.OpenRoot(store.TreePath(tree));
        // A finder of its own tree counts all names that an inode has there.
        foreach (SharedInode found in new SharedInodeFinder(static _ => true).Find(root, cancellation).Where(inode => wanted.Remove(inode.Facts.Key)))
        {
            (UnixPath path, UnixPath name) = found.Wanted[0];
            using IFolder? folder = found.IsShared ? null : root.TryOpenFolder(path);
            if (folder is not null)
            {
                Unseal(folder, name);
            }
        }
    }
}
