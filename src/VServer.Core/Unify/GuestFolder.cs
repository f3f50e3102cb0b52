using VServer.Ports;

namespace VServer.Unify;

/// <summary>One guest's side of the folder being worked on: opened when first needed, its time put back when it was changed.</summary>
internal sealed class GuestFolder(string tree, IFolder root, UnixPath path, Journal? journal) : IDisposable
{
    private IFolder? folder;
    private bool opened;
    private bool changed;

    /// <summary>The folder; null when the guest has none there.</summary>
    public IFolder? Open()
    {
        if (!opened)
        {
            opened = true;
            folder = root.TryOpenFolder(path);
        }

        return folder;
    }

    /// <summary>Says that the folder is about to be changed.</summary>
    public void BeginChange()
    {
        if (!changed && folder is not null)
        {
            journal?.Entering(tree, path, folder.Facts.Modified);
            changed = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (changed && folder is not null)
        {
            folder.SetModified(folder.Facts.Modified);
            journal?.Left(tree, path);
        }

        folder?.Dispose();
    }
}
