using VServer.Ports;

namespace VServer.Unify;

/// <summary>The folder of a tree that was last worked in, held open, since the next file mostly lies beside.</summary>
internal sealed class RecentFolder(IFolder root) : IDisposable
{
    private UnixPath? path;
    private IFolder? folder;

    /// <summary>The folder, good until the next is asked for; null when there is none.</summary>
    public IFolder? Open(UnixPath wanted)
    {
        if (path != wanted)
        {
            folder?.Dispose();
            path = null;
            folder = root.TryOpenFolder(wanted);
            path = wanted;
        }

        return folder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        folder?.Dispose();
        root.Dispose();
    }
}
