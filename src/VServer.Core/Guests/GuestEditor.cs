using VServer.Accounting;
using VServer.Errors;
using VServer.Networks;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Changes what the host knows of a guest, and in the guest's tree what has to follow.</summary>
public sealed class GuestEditor(Store store, ITreeHost trees, IGuestHost host, IPackageDatabaseReader packages)
{
    private readonly LimitRules limits = new(store, host);

    /// <summary>Fails when the change cannot be made now; changes nothing.</summary>
    /// <exception cref="VServerException">It cannot be made.</exception>
    public void Check(string name, GuestChange change, CancellationToken cancellation)
    {
        using IDisposable? reservation = Prepare(name, change, cancellation);
    }

    /// <summary>Makes the change; when it fails, the guest is as it was, or has private copies of what it shared.</summary>
    /// <exception cref="VServerException">It could not be made.</exception>
    public void Change(string name, GuestChange change, CancellationToken cancellation)
    {
        using (IDisposable? reservation = Prepare(name, change, cancellation))
        {
            if (!change.Unshare || Strangers(name, change, cancellation).Count == 0)
            {
                Save(name, change, cancellation);
                return;
            }
        }

        // Takes its own reservation. It is asked again after, since the guest was nobody's for a moment.
        new UnifyService(store, trees, host, packages).Undo(new UndoRequest { Guest = name }, cancellation);
        using IDisposable? again = Prepare(name, change with { Unshare = false }, cancellation);
        Save(name, change, cancellation);
    }

    private IDisposable? Prepare(string name, GuestChange change, CancellationToken cancellation)
    {
        GuestConfig config = store.ReadCompleteGuest(name);
        _ = change.HostName is null ? null : GuestIdentity.CheckHostName(change.HostName);
        _ = new PathRules(change.Exclude ?? []);
        MountRules.Arrange(store, change.Mount ?? config.Mounts);
        limits.Check(name, change, cancellation);
        IDisposable? reservation = change.NeedsStopped ? host.Reserve(store.Place(name), shared: false) : null;
        try
        {
            CheckDelta(name, change);
            CheckSharing(name, change, cancellation);
            new NetworkAssignment(store).Change(store.ReadGuest(name), change, static _ => { });
            return reservation;
        }
        catch
        {
            reservation?.Dispose();
            throw;
        }
    }

    // The delta's own hosts file would hide the tree's.
    private void CheckDelta(string name, GuestChange change)
    {
        if ((change.HostName is not null || change.Unshare) && host.HasDelta(store.Place(name)))
        {
            throw UnsettledGuest.Refuse(name, "so its tree cannot be changed");
        }
    }

    private void CheckSharing(string name, GuestChange change, CancellationToken cancellation)
    {
        if (!change.Unshare && Strangers(name, change, cancellation) is { Count: > 0 } strangers)
        {
            throw new VServerException(
                ErrorIds.GuestSharing,
                ErrorKind.InvalidOperation,
                name,
                $"The guest '{name}' shares files with {string.Join(", ", strangers)}, with which it must share none after this. Use -Unshare to give it private copies first.");
        }
    }

    // Whom it shares inodes with now, and may not after the change.
    private IReadOnlyList<string> Strangers(string name, GuestChange change, CancellationToken cancellation)
    {
        GuestConfig before = store.ReadGuest(name);
        GuestConfig after = change.ApplyTo(before);
        if (after.TrustGroup == before.TrustGroup && (!after.SeparateInodes || before.SeparateInodes))
        {
            return [];
        }

        Usage? usage = new UsageService(store, trees).Measure(null, cancellation).Parts.FirstOrDefault(part => part.Name == name);
        return [.. (usage?.SharedWith ?? [])
            .Select(static partner => partner.Partner)
            .Where(GuestName.IsValid)
            .Where(partner => after.SeparateInodes || Reference.Find(store, partner).TrustGroup != after.TrustGroup)];
    }

    private void Save(string name, GuestChange change, CancellationToken cancellation)
    {
        GuestConfig config = store.ReadGuest(name);
        IReadOnlyList<GuestMount> mounts = MountRules.Arrange(store, change.Mount ?? config.Mounts);
        if (change.HostName is { } hostName && hostName != config.HostName)
        {
            IdentityRules.FollowHostName(store, trees, config, hostName);
        }

        GuestConfig changed = new NetworkAssignment(store).Change(config, change, complete => store.Save(complete with { Mounts = mounts }));
        if (change.HasLimits && host.Find(store.Place(name)) is not null)
        {
            Limit(config, changed, cancellation);
        }
    }

    // Saved first: a guest that is started meanwhile goes by it.
    private void Limit(GuestConfig before, GuestConfig after, CancellationToken cancellation)
    {
        GuestPlace place = store.Place(after.Name);
        try
        {
            host.Limit(place, after, cancellation);
        }
        catch (VServerException gone) when (gone.ErrorId == ErrorIds.GuestNotRunning)
        {
            // It ended meanwhile, and its next start goes by what was saved.
        }
        catch
        {
            store.Save(before);
            Restore(place, before);
            throw;
        }
    }

    // Those that were set before one was refused; the refusal is what the user has to hear of.
    private void Restore(GuestPlace place, GuestConfig before)
    {
        try
        {
            host.Limit(place, before, CancellationToken.None);
        }
        catch (VServerException)
        {
        }
    }
}
