using VServer.Errors;
using VServer.Ports;

namespace VServer.Guests;

/// <summary>Puts the immutable flag on inodes that copies share with their reference, and takes it off again when the copies come to nothing.</summary>
internal sealed class CloneSealer(ITreeHost trees, string tree)
{
    private readonly Stack<UnixPath> sealedFiles = [];

    /// <summary>Seals files of the reference.</summary>
    public void Seal(IEnumerable<UnixPath> files, CancellationToken cancellation)
    {
        using IFolder root = trees.OpenRoot(tree);
        foreach (UnixPath path in files)
        {
            cancellation.ThrowIfCancellationRequested();
            sealedFiles.Push(path);
            Change(root, path, InodeFlags.Immutable, InodeFlags.None);
        }
    }

    /// <summary>Takes off what was put on.</summary>
    public void Undo()
    {
        if (sealedFiles.Count == 0)
        {
            return;
        }

        using IFolder root = trees.OpenRoot(tree);
        while (sealedFiles.TryPop(out UnixPath? path))
        {
            TryClear(root, path);
        }
    }

    // One that is gone needs nothing, and one that fails must not keep the others sealed.
    private static void TryClear(IFolder root, UnixPath path)
    {
        try
        {
            Change(root, path, InodeFlags.None, InodeFlags.Immutable);
        }
        catch (TreeException)
        {
        }
    }

    private static void Change(IFolder root, UnixPath path, InodeFlags set, InodeFlags clear)
    {
        using IFolder? folder = root.TryOpenFolder(path.Parent);
        using IFile? file = folder?.OpenFile(path.Name);
        file?.ChangeFlags(set, clear);
    }
}
