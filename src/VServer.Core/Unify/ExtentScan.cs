using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>One thread's share of finding the files of a guest that have bytes on disk in common with others.</summary>
internal sealed class ExtentScan(ITreeHost trees, string tree) : IDisposable
{
    private readonly IFolder root = trees.OpenRoot(tree);

    /// <summary>Looks at all inodes, with a few threads.</summary>
    /// <returns>Those that share bytes on disk, or have several names, in the order given.</returns>
    public static IReadOnlyList<SharedInode> Run(ITreeHost trees, string tree, IReadOnlyList<SharedInode> inodes, CancellationToken cancellation)
    {
        WorkerPool.Run(inodes, _ => new ExtentScan(trees, tree), static (scan, inode, _) => scan.Look(inode), cancellation);
        return [.. inodes.Where(static inode => inode.SharesExtents || inode.Facts.LinkCount > 1 || inode.Facts.Flags.HasFlag(InodeFlags.Immutable))];
    }

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    private void Look(SharedInode inode)
    {
        (UnixPath path, UnixPath name) = inode.Wanted[0];
        try
        {
            using IFolder? folder = root.TryOpenFolder(path);
            using IFile? file = folder?.OpenFile(name);
            inode.SharesExtents = file?.ReadExtents().SharedBytes > 0;
        }
        catch (TreeException failure) when (failure.Kind is ErrorKind.NotFound or ErrorKind.InvalidData)
        {
            // Removed or replaced since the walk: nothing of it is left to be undone.
        }
    }
}
