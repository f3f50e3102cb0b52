using VServer.Ports;

namespace VServer.Guests;

/// <summary>Copies entries of any kind but folders into a tree, each with all its metadata; several names of one file stay that.</summary>
internal sealed class EntryCopier(IFolder targetRoot, CopiedInodes copies, IWriteBack? writeBack = null)
{
    /// <summary>Copies one entry; sockets, which are of no use without their program, are left out.</summary>
    /// <param name="source">The folder it is in.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="target">The folder that gets it.</param>
    /// <param name="path">Where it will be in the tree.</param>
    /// <param name="cancellation">Ends the copying between two pieces of a file.</param>
    public void Copy(IFolder source, in FolderEntry entry, IFolder target, UnixPath path, CancellationToken cancellation)
    {
        switch (entry.Facts.Kind)
        {
            case FileKind.Regular when entry.Facts.LinkCount > 1:
                CopyOrLink(source, entry, target, path, cancellation);
                break;
            case FileKind.Regular:
                target.CopyFile(source, entry.Name, entry.Name, entry.Facts, cancellation, writeBack);
                break;
            case FileKind.SymbolicLink:
                target.CopySymbolicLink(source, entry.Name, entry.Name);
                break;
            case FileKind.Fifo or FileKind.BlockDevice or FileKind.CharacterDevice:
                target.CopySpecial(source, entry.Name, entry.Name);
                break;
            default:
                break;
        }
    }

    private void CopyOrLink(IFolder source, in FolderEntry entry, IFolder target, UnixPath path, CancellationToken cancellation)
    {
        lock (copies.Gate)
        {
            if (copies.FindOrAdd(entry.Facts.Device, entry.Facts.Inode, path) is { } first)
            {
                // The tree is being made by us, and folders in it stay where they are.
                using IFolder folder = targetRoot.TryOpenFolder(first.Parent)!;
                target.Link(folder, first.Name, entry.Name);
            }
            else
            {
                target.CopyFile(source, entry.Name, entry.Name, entry.Facts, cancellation, writeBack);
            }
        }
    }
}
