using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>The second step of an undo: puts staged copies in place of the names of the shared inode, one rename each.</summary>
internal sealed class UndoPlacer(IFolder root, IFolder staging, UndoSite site) : IDisposable
{
    private static readonly UnixPath Extra = UnixPath.Parse("extra");

    private readonly Dictionary<UnixPath, GuestFolder> folders = [];

    /// <summary>Puts a copy in place of every name wanted; null when that was done, else why the rest stayed.</summary>
    public (SkipReason Reason, string Detail)? Place(PrivateCopy copy)
    {
        try
        {
            // All but the last name get a link of the copy; the last gets the staged name itself.
            List<(UnixPath Folder, UnixPath Name)> names = copy.Inode.Wanted;
            for (int index = 0; index < names.Count; index++)
            {
                if (!TryPlace(copy, names[index].Folder, names[index].Name, isLast: index == names.Count - 1))
                {
                    return (SkipReason.Changed, "");
                }
            }

            return null;
        }
        catch (TreeException failure)
        {
            return (SkipReasons.Of(failure), failure.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GuestFolder folder in folders.Values)
        {
            folder.Dispose();
        }
    }

    private bool TryPlace(PrivateCopy copy, UnixPath path, UnixPath name, bool isLast)
    {
        GuestFolder guestFolder = Folder(path);
        IFolder? folder = guestFolder.Open();
        if (folder?.Find(name) is not { } now || !now.IsUnchangedButForNamesSince(copy.Before))
        {
            return false;
        }

        guestFolder.BeginChange();
        using LiftedSeal? seal = LiftedSeal.TryLift(folder, name, now, site.Journal, isNoted: copy.Inode.Facts.Flags.HasFlag(InodeFlags.Immutable));
        if (isLast)
        {
            folder.Move(staging, copy.Staged, name);
            return true;
        }

        staging.Link(staging, copy.Staged, Extra);
        folder.Move(staging, Extra, name);
        return true;
    }

    private GuestFolder Folder(UnixPath path)
    {
        if (!folders.TryGetValue(path, out GuestFolder? folder))
        {
            folder = new GuestFolder(site.Guest, root, path, site.Journal);
            folders.Add(path, folder);
        }

        return folder;
    }
}
