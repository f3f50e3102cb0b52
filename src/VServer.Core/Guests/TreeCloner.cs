using VServer.Errors;
using VServer.Ports;

namespace VServer.Guests;

/// <summary>
/// One thread's share of making a guest's tree like another, as vbuild did it: on one file system, folders, symlinks, fifos and devices
/// made anew, shareable files linked, all else copied.
/// </summary>
internal sealed class TreeCloner : IDisposable
{
    private readonly CloneOrder order;
    private readonly IFolder source;
    private readonly IFolder target;
    private readonly EntryCopier copier;

    /// <summary>Opens both trees for this thread.</summary>
    public TreeCloner(CloneOrder order, ITreeHost trees)
    {
        this.order = order;
        source = trees.OpenRoot(order.Source);
        target = trees.OpenRoot(order.Target);
        copier = new EntryCopier(target, order.Copies);
    }

    /// <summary>Fills one folder and leaves those below to whoever is free.</summary>
    public void Fill(UnixPath path, CancellationToken cancellation)
    {
        using IFolder from = source.TryOpenFolder(path) ?? throw Changed(path);
        using IFolder to = target.TryOpenFolder(path) ?? throw Changed(path);
        IReadOnlySet<UnixPath>? shareable = order.Shareable.In(path);
        IReadOnlyList<FolderEntry> entries = from.Read();
        foreach (FolderEntry entry in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            bool isShareable = shareable is not null && shareable.Contains(entry.Name) && IsFitToShare(entry.Facts);
            if (!isShareable || !TryLink(from, entry.Name, to))
            {
                Copy(from, entry, to, path.Combine(entry.Name), cancellation);
            }
        }

        // Last, since every name made in it has changed its time.
        to.CopyMetadataFrom(from);
        order.Meter.Add(entries.Count, 0, path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        target.Dispose();
    }

    // An empty file is no saving; an immutable one cannot get another name.
    private static bool IsFitToShare(in FileFacts facts) =>
        facts.Kind == FileKind.Regular && facts.Size > 0 && (facts.Flags & (InodeFlags.Immutable | InodeFlags.AppendOnly)) == 0;

    // With as many names as its file system allows, the next guest gets a copy.
    private static bool TryLink(IFolder from, UnixPath name, IFolder to)
    {
        try
        {
            to.Link(from, name, name);
            return true;
        }
        catch (TreeException failure) when (failure.Kind == ErrorKind.TooManyLinks)
        {
            return false;
        }
    }

    private void Copy(IFolder from, in FolderEntry entry, IFolder to, UnixPath path, CancellationToken cancellation)
    {
        if (IdentityFiles.IsLeftOut(path))
        {
            return;
        }

        if (entry.Facts.Kind == FileKind.Folder)
        {
            MakeFolder(from, entry, to, path);
        }
        else if (entry.Facts.Kind == FileKind.Regular && IdentityFiles.IsEmptied(path))
        {
            CopyEmpty(from, entry.Name, to);
        }
        else
        {
            copier.Copy(from, entry, to, path, cancellation);
        }
    }

    // A folder that something is mounted on is made, and what is mounted there is no part of the tree.
    private void MakeFolder(IFolder from, in FolderEntry entry, IFolder to, UnixPath path)
    {
        if (entry.Facts.MountId == from.Facts.MountId)
        {
            to.MakeFolder(entry.Name, entry.Facts.Permissions);
            order.Queue.Add(path);
        }
        else
        {
            to.CreateFolder(entry.Name, entry.Facts.Permissions).Dispose();
        }
    }

    private static void CopyEmpty(IFolder from, UnixPath name, IFolder to)
    {
        using IFile original = from.OpenFile(name);
        using IFile copy = to.CreateFile(name, 0);
        copy.CopyMetadataFrom(original);
    }

    private TreeException Changed(UnixPath path) => new(
        ErrorKind.Changed,
        0,
        "openat2",
        path,
        $"Cannot copy the folder '{path}' of '{order.Source}': it was removed or replaced meanwhile. Repeat the command when nothing changes it.");
}
