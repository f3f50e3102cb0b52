using VServer.Errors;
using VServer.Guards;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Changes;

/// <summary>Tells what guests have changed against their trees and not folded into them yet.</summary>
public sealed class ChangeService(Store store, ITreeHost trees, IGuestHost host, IDeltaReader reader)
{
    /// <summary>Tells a guest's changes, one by one. A guest that does not run is kept from being started meanwhile.</summary>
    /// <param name="name">The guest.</param>
    /// <param name="selection">Which files; a folder stands for all below it. What is renamed counts under both names.</param>
    /// <param name="found">Gets the changes.</param>
    /// <param name="progress">Gets how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="VServerException">
    /// <see cref="ErrorIds.GuestNotFound"/>; <see cref="ErrorIds.GuestUnsettled"/> when settling was interrupted, so that half of it is in the tree;
    /// <see cref="ErrorIds.GuestNotRunning"/> when the guest was stopped meanwhile, so that changes were left out.
    /// </exception>
    public void Compare(string name, FileSelection selection, Action<FileChange> found, Action<WorkProgress>? progress, CancellationToken cancellation)
    {
        store.ReadCompleteGuest(name);
        GuestPlace place = store.Place(name);
        int? monitor = host.Find(place)?.Monitor;
        using IDisposable? reservation = monitor is null ? host.Reserve(place, shared: true) : null;
        if (monitor is null && host.IsHalfSettled(place))
        {
            throw HalfSettled(name);
        }

        if (store.Host.FolderExists(place.Upper))
        {
            Compare(place, change => TellIfMeant(change, selection, found), progress, cancellation);
        }

        if (monitor is not null && host.Find(place)?.Monitor != monitor)
        {
            throw Stopped(name);
        }
    }

    private void Compare(GuestPlace place, Action<FileChange> found, Action<WorkProgress>? progress, CancellationToken cancellation)
    {
        using IFolder delta = trees.OpenRoot(place.Upper);
        using IFolder tree = trees.OpenRoot(place.Tree);
        FileChange like = new() { Guest = place.Name, Store = store.Path, Change = ChangeKind.Added, Path = UnixPath.Root };
        new DeltaComparer(delta, tree, reader, found, like, cancellation).Run(new WorkMeter(progress, 0));
    }

    private static void TellIfMeant(FileChange change, FileSelection selection, Action<FileChange> found)
    {
        if (IsMeant(change.Path, selection) || (change.OldPath is { } old && IsMeant(old, selection)))
        {
            found(change);
        }
    }

    private static bool IsMeant(UnixPath path, FileSelection selection) => selection.Matches(path) || selection.Paths.Any(path.IsWithin);

    private static VServerException HalfSettled(string name) => new(
        ErrorIds.GuestUnsettled,
        ErrorKind.InvalidOperation,
        name,
        $"The changes of the guest '{name}' were being folded into its tree when that was interrupted, so nobody can tell any more what they were. Stop-VServer {name} -Settle finishes it.");

    private static VServerException Stopped(string name) => new(
        ErrorIds.GuestNotRunning,
        ErrorKind.InvalidOperation,
        name,
        $"The guest '{name}' was stopped while its changes were read, so what was listed lacks some. Compare it again while it runs, or start it with Start-VServer {name}.");
}
