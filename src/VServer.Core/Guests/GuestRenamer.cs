using VServer.Errors;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Gives a guest another name. A rename that was interrupted is finished by asking for it again.</summary>
public sealed class GuestRenamer(Store store, ITreeHost trees, IGuestHost host)
{
    /// <summary>Fails when the guest cannot get the name; changes nothing.</summary>
    /// <exception cref="VServerException">It cannot.</exception>
    public void Check(string name, string newName)
    {
        using Reservations reservations = new(host);
        Prepare(name, newName, reservations);
    }

    /// <summary>Renames; the host name follows when it was the guest's name.</summary>
    /// <exception cref="VServerException">It could not be renamed.</exception>
    public void Rename(string name, string newName)
    {
        using Reservations reservations = new(host);
        GuestConfig config = Prepare(name, newName, reservations);
        GuestConfig renamed = config with { Name = newName, HostName = config.HostName == name ? newName : config.HostName };

        // Complete before the tree is moved: a guest marked incomplete may be removed, and its tree must not go with it.
        store.Save(renamed);
        if (store.Host.FolderExists(store.TreePath(name)))
        {
            store.Host.Move(store.TreePath(name), store.TreePath(newName));
        }

        RenameHost(renamed, config);
        foreach (GuestConfig other in store.GuestNames().Select(store.TryReadGuest).OfType<GuestConfig>().Where(other => other.Reference == name))
        {
            store.Save(other with { Reference = newName });
        }

        MoveFiles(name, newName);
        store.Host.DeleteTree(store.DeltaFolder(name), CancellationToken.None);
        store.DeleteGuest(name);
    }

    private GuestConfig Prepare(string name, string newName, Reservations reservations)
    {
        GuestConfig config = store.ReadGuest(name);
        if (!IsInterrupted(config, newName))
        {
            store.ReadCompleteGuest(name);
            store.CheckFree(newName);
        }

        reservations.Add(store.Place(name), shared: false);
        reservations.Add(store.Place(newName), shared: false);
        if (!IsInterrupted(config, newName))
        {
            // Again: somebody may have made one before the name was ours.
            store.CheckFree(newName);
        }

        return !host.HasDelta(store.Place(name)) ? config : throw UnsettledGuest.Refuse(name, "so it cannot be renamed");
    }

    // No two guests have the same ids: this is the same guest, of which one of the two has the tree.
    private bool IsInterrupted(GuestConfig config, string newName) =>
        store.TryReadGuest(GuestName.Check(newName)) is { } half
        && config.Name != newName
        && half.IdBase == config.IdBase
        && half.Created == config.Created
        && store.Host.FolderExists(store.TreePath(newName)) != store.Host.FolderExists(store.TreePath(config.Name));

    private void RenameHost(GuestConfig renamed, GuestConfig before)
    {
        if (renamed.HostName != before.HostName)
        {
            IdentityRules.FollowHostName(store, trees, before with { Name = renamed.Name }, renamed.HostName);
        }
    }

    private void MoveFiles(string name, string newName)
    {
        foreach ((string from, string to) in FilesOf(name).Zip(FilesOf(newName)).Where(pair => store.Host.Exists(pair.First)))
        {
            store.Host.DeleteFile(to);
            store.Host.Move(from, to);
        }
    }

    private string[] FilesOf(string name) => [store.QueueFile(name), store.ConsolePath(name), store.OldConsolePath(name)];
}
