using VServer.Errors;
using VServer.Ports;

namespace VServer.Guests;

/// <summary>One thread's hands in one tree that is made: one folder at a time.</summary>
internal sealed class CloneWriter : IDisposable
{
    private readonly IFolder root;
    private readonly EntryCopier copier;
    private IFolder? folder;

    /// <summary>Opens the tree for this thread.</summary>
    public CloneWriter(CloneTarget target, ITreeHost trees, IWriteBack writeBack)
    {
        root = trees.OpenRoot(target.Tree);
        copier = new EntryCopier(root, target.Copies, writeBack);
    }

    /// <summary>Goes into a folder, which exists.</summary>
    public void Enter(UnixPath path) => folder = root.TryOpenFolder(path) ?? throw new TreeException(
        ErrorKind.Changed,
        0,
        "openat2",
        path,
        $"Cannot fill the folder '{path}' of a new guest: it was removed or replaced meanwhile. Repeat the command when nothing changes it.");

    /// <summary>Leaves the folder with the other's metadata: last, since every name made in it has changed its time.</summary>
    public void Leave(IFolder source)
    {
        folder!.CopyMetadataFrom(source); // Entered before.
        Close();
    }

    /// <summary>Makes what was decided, or the next best.</summary>
    /// <returns>What was made, and why.</returns>
    public CloneDecision Make(IFolder source, in FolderEntry entry, UnixPath path, CloneDecision decision, CancellationToken cancellation)
    {
        IFolder to = folder!; // Entered before.
        if (decision.Action == CopyAction.Linked && WhyNotLinked(source, entry.Name, to) is { } refusal)
        {
            decision = new CloneDecision(CopyAction.Copied, refusal);
        }

        switch (decision.Action)
        {
            case CopyAction.Made when entry.Facts.Kind == FileKind.Folder:
                MakeFolder(entry, to, decision.Reason);
                break;
            case CopyAction.Made or CopyAction.Copied:
                copier.Copy(source, entry, to, path, cancellation);
                break;
            case CopyAction.Emptied:
                MakeEmpty(source, entry.Name, to);
                break;
            default:
                break;
        }

        return decision;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        root.Dispose();
    }

    // With as many names as its file system allows, or guarded by another command meanwhile, a file is copied.
    private static CopyReason? WhyNotLinked(IFolder source, UnixPath name, IFolder to)
    {
        try
        {
            to.Link(source, name, name);
            return null;
        }
        catch (TreeException failure) when (failure.Kind is ErrorKind.TooManyLinks or ErrorKind.PermissionDenied)
        {
            return failure.Kind == ErrorKind.TooManyLinks ? CopyReason.LinkLimit : CopyReason.Denied;
        }
    }

    // One that is gone through later gets its metadata then.
    private static void MakeFolder(in FolderEntry entry, IFolder to, CopyReason reason)
    {
        if (reason == CopyReason.OtherFileSystem)
        {
            to.CreateFolder(entry.Name, entry.Facts.Permissions).Dispose();
        }
        else
        {
            to.MakeFolder(entry.Name, entry.Facts.Permissions);
        }
    }

    private static void MakeEmpty(IFolder source, UnixPath name, IFolder to)
    {
        using IFile original = source.OpenFile(name);
        using IFile copy = to.CreateFile(name, 0);
        copy.CopyMetadataFrom(original);
    }

    private void Close()
    {
        folder?.Dispose();
        folder = null;
    }
}
