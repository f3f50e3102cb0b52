using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// The immutable flag taken off an inode while one of its names is replaced, which the kernel refuses otherwise. It is put back when the
/// inode is still shared after, and stays off when only one name is left.
/// </summary>
internal sealed class LiftedSeal : IDisposable
{
    private readonly IFile file;

    private LiftedSeal(IFile file) => this.file = file;

    /// <summary>Lifts the seal; null when there is none.</summary>
    public static LiftedSeal? TryLift(IFolder folder, UnixPath name, in FileFacts facts)
    {
        if (!facts.Flags.HasFlag(InodeFlags.Immutable))
        {
            return null;
        }

        LiftedSeal seal = new(folder.OpenFile(name));
        try
        {
            seal.file.ChangeFlags(InodeFlags.None, InodeFlags.Immutable);
            return seal;
        }
        catch
        {
            seal.file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (file.Facts.LinkCount > 1)
        {
            file.ChangeFlags(InodeFlags.Immutable, InodeFlags.None);
        }

        file.Dispose();
    }
}
