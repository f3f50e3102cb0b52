using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// The immutable flag taken off an inode while one of its names is replaced, which the kernel refuses otherwise. It is put back when the
/// inode is still shared after, and stays off when only one name is left.
/// </summary>
internal sealed class LiftedSeal : IDisposable
{
    private readonly IFile file;

    private readonly Journal? journal;

    private LiftedSeal(IFile file, Journal? journal)
    {
        this.file = file;
        this.journal = journal;
    }

    /// <summary>Lifts the seal; null when there is none.</summary>
    /// <param name="folder">The folder that the name is in.</param>
    /// <param name="name">The name.</param>
    /// <param name="facts">What the kernel said of it.</param>
    /// <param name="journal">Where it is written first, so that a killed run's seal is put back; null where nothing is kept for a next run.</param>
    /// <param name="isNoted">True where that was done before.</param>
    public static LiftedSeal? TryLift(IFolder folder, UnixPath name, in FileFacts facts, Journal? journal = null, bool isNoted = false)
    {
        if (!facts.Flags.HasFlag(InodeFlags.Immutable))
        {
            return null;
        }

        if (!isNoted)
        {
            journal?.Lifting(folder.TryGetHandle(name), always: false);
            journal?.Flush();
        }

        LiftedSeal seal = new(folder.OpenFile(name), journal);
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

    /// <summary>Removes a name, sealed or not, and leaves the folder's time as it was.</summary>
    public static void Unlink(IFolder folder, UnixPath name, in FileFacts facts)
    {
        FileTime modified = folder.Facts.Modified;
        using (TryLift(folder, name, facts))
        {
            folder.Unlink(name);
        }

        folder.SetModified(modified);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (file.Facts.LinkCount > 1)
            {
                file.ChangeFlags(InodeFlags.Immutable, InodeFlags.None);
            }
        }
        catch
        {
            journal?.Keep();
            throw;
        }
        finally
        {
            file.Dispose();
        }
    }
}
