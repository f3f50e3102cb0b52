using VServer.Changes;
using VServer.Errors;
using VServer.Networks;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>The life of guests that exist: found, started, entered, stopped, removed.</summary>
public sealed class GuestService
{
    private readonly Store store;
    private readonly ITreeHost trees;
    private readonly IGuestHost host;

    // Of many starts at once, one looks for what a killed unify left while the others wait: it reserves the guests it mends.
    private readonly Lock recovering = new();

    /// <summary>Works on the guests of one store.</summary>
    public GuestService(Store store, ITreeHost trees, IGuestHost host)
    {
        this.store = store;
        this.trees = trees;
        this.host = host;
    }

    /// <summary>Guests whose name passes, in ordinal order, one by one as they are known.</summary>
    public IEnumerable<Guest> Find(Func<string, bool> filter) => store.GuestNames().Where(filter).Select(Get);

    /// <summary>One guest.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestNotFound"/>, <see cref="ErrorIds.GuestConfigInvalid"/>.</exception>
    public Guest Get(string name) => Describe(store.ReadGuest(name));

    /// <summary>One guest with what it takes of the host now, and what its delta takes, which is counted.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestNotFound"/>, <see cref="ErrorIds.GuestConfigInvalid"/>.</exception>
    public Guest GetDetailed(string name, CancellationToken cancellation)
    {
        Guest guest = Get(name);
        (long files, long bytes) = DeltaMeter.Measure(store, trees, name, cancellation);
        return guest with
        {
            Usage = guest.ProcessId is null ? null : host.ReadUsage(store.Place(name)),
            DeltaFiles = files,
            DeltaBytes = bytes,
        };
    }

    /// <summary>Starts a guest; complete or undone.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestRunning"/>, <see cref="ErrorIds.StartFailed"/>, <see cref="ErrorIds.HostUnsupported"/>.</exception>
    public Guest Start(string name, CancellationToken cancellation)
    {
        GuestConfig config = store.ReadCompleteGuest(name);
        CheckCommand(config);
        StartOrder order = new() { Place = store.Place(name), Config = config, Console = store.ConsolePath(name) };
        return Begin(
            config,
            (mine, link) =>
            {
                store.Host.CreatePrivateFolder(System.IO.Path.GetDirectoryName(order.Console)!); // A console path always has a folder.
                return Describe(mine, host.Start(order with { Config = mine, Link = link }, cancellation));
            },
            cancellation);
    }

    /// <summary>Stops a guest; one that does not run is no failure.</summary>
    /// <param name="name">The guest.</param>
    /// <param name="grace">How long it may take after the signal before it is killed.</param>
    /// <param name="delta">What becomes of its changes, also of those that it has left when it last ran.</param>
    /// <param name="cancellation">Stops waiting for the grace; the guest is killed then.</param>
    public StopResult Stop(string name, TimeSpan grace, DeltaEnd delta, CancellationToken cancellation)
    {
        GuestConfig config = store.ReadGuest(name);
        GuestPlace place = store.Place(name);
        bool discard = delta == DeltaEnd.Discard;
        bool hadDelta = discard && host.HasDelta(place);
        StopEnd end = host.Stop(place, grace, discard, cancellation);
        SettleEnd? settled = end.Settled;
        bool isToEnd = delta != DeltaEnd.ByPolicy || config.Delta == DeltaPolicy.Settle;
        if (settled is null && isToEnd && host.HasDelta(place))
        {
            settled = host.Settle(place, discard, cancellation);
        }

        // What was half in the tree is finished instead.
        bool wasFinished = settled is { Moved: > 0 } or { Removed: > 0 };
        return new StopResult(name, end.Step, end.Elapsed, settled?.Moved ?? 0, settled?.Removed ?? 0) { Discarded = hadDelta && !wasFinished };
    }

    /// <summary>Freezes a guest; one that is suspended stays so.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestNotRunning"/>, <see cref="ErrorIds.HostUnsupported"/>, <see cref="ErrorIds.SuspendFailed"/>.</exception>
    public void Suspend(string name, CancellationToken cancellation) => host.Suspend(RunningPlace(name), suspended: true, cancellation);

    /// <summary>Lets a suspended guest go on; one that runs stays so.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestNotRunning"/>, <see cref="ErrorIds.HostUnsupported"/>, <see cref="ErrorIds.SuspendFailed"/>.</exception>
    public void Resume(string name, CancellationToken cancellation) => host.Suspend(RunningPlace(name), suspended: false, cancellation);

    /// <summary>Waits until a guest is stopped, running or suspended.</summary>
    /// <returns>The guest then.</returns>
    /// <exception cref="VServerException"><see cref="ErrorIds.WaitTimedOut"/>.</exception>
    public Guest Wait(string name, GuestState state, TimeSpan? limit, CancellationToken cancellation)
    {
        store.ReadGuest(name);
        return host.Wait(store.Place(name), state, limit, cancellation) ? Get(name) : throw new VServerException(
            ErrorIds.WaitTimedOut,
            ErrorKind.TimedOut,
            name,
            $"The guest '{name}' was not {state} within {limit?.TotalSeconds:0.###} seconds. Look at it with Get-VServer {name}, or wait longer with -TimeoutSec.");
    }

    /// <summary>Runs a program in a guest.</summary>
    /// <param name="name">The guest.</param>
    /// <param name="make">Completes the order; place and configuration are filled in.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestNotRunning"/>, <see cref="ErrorIds.CommandFailed"/>.</exception>
    public CommandEnd Execute(string name, Func<GuestPlace, GuestConfig, CommandOrder> make, CancellationToken cancellation)
    {
        GuestConfig config = store.ReadCompleteGuest(name);
        CommandOrder order = make(store.Place(name), config);
        if (!order.Ephemeral && host.Find(order.Place) is null)
        {
            throw NotRunning(name, $"Start it with Start-VServer {name}, or use -Ephemeral to start it for this command alone.");
        }

        return order.Ephemeral
            ? Begin(config, (mine, link) => host.Execute(order with { Config = mine, Link = link }, cancellation), cancellation)
            : host.Execute(order, cancellation);
    }

    /// <summary>Removes a guest with its tree and delta.</summary>
    /// <param name="name">The guest.</param>
    /// <param name="force">True to stop it first when it runs.</param>
    /// <param name="cancellation">Leaves what is left of it marked incomplete, to be removed again.</param>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestRunning"/>, <see cref="ErrorIds.GuestBusy"/>.</exception>
    public void Remove(string name, bool force, CancellationToken cancellation)
    {
        GuestConfig config = store.ReadGuest(name);
        GuestPlace place = store.Place(name);
        if (host.Find(place) is not null)
        {
            CheckForce(name, force);
            host.Stop(place, TimeSpan.Zero, discard: false, cancellation);
        }

        new JournalRecovery(store, trees, host).Run(cancellation);
        using IDisposable reservation = host.Reserve(place, shared: false);
        store.Save(config with { Incomplete = true });
        store.Host.DeleteTree(store.DeltaFolder(name), cancellation);
        new TreeRemoval(store).Run(name, place.Tree, cancellation);
        store.Host.DeleteFile(store.ConsolePath(name));
        store.Host.DeleteFile(store.OldConsolePath(name));
        store.DeleteGuest(name);
    }

    private static void CheckForce(string name, bool force)
    {
        if (!force)
        {
            throw new VServerException(
                ErrorIds.GuestRunning,
                ErrorKind.InvalidOperation,
                name,
                $"The guest '{name}' runs, so it was not removed. Stop it with Stop-VServer {name}, or use -Force.");
        }
    }

    // What every start begins with. The configuration it is begun with has its mounts in order and ids that are free.
    private T Begin<T>(GuestConfig config, Func<GuestConfig, GuestLink?, T> begin, CancellationToken cancellation)
    {
        GuestConfig arranged = config with { Mounts = MountRules.Arrange(store, config.Mounts) };
        Recover(cancellation);
        NetworkStore networks = new(store);
        return IdRenewal.Run(store, arranged, mine => begin(mine, networks.LinkOf(mine)));
    }

    // Before it runs: what a killed unify left in its tree can be put right only while nobody uses the tree.
    private void Recover(CancellationToken cancellation)
    {
        lock (recovering)
        {
            new JournalRecovery(store, trees, host).Run(cancellation);
        }
    }

    private GuestPlace RunningPlace(string name)
    {
        store.ReadGuest(name);
        GuestPlace place = store.Place(name);
        return host.Find(place) is not null ? place : throw NotRunning(name, $"Start it with Start-VServer {name}.");
    }

    private static VServerException NotRunning(string name, string advice) => new(
        ErrorIds.GuestNotRunning,
        ErrorKind.InvalidOperation,
        name,
        $"The guest '{name}' does not run, and this needs a running one. {advice}");

    private GuestState StateOf(GuestConfig config, GuestProcess? process, string? reason)
    {
        if (process is null)
        {
            return IsIncomplete(config) ? GuestState.Incomplete : reason is null ? GuestState.Stopped : GuestState.Failed;
        }

        return process.Suspended ? GuestState.Suspended : reason is null ? GuestState.Running : GuestState.Degraded;
    }

    private static void CheckCommand(GuestConfig config)
    {
        if (config.Init is InitStyle.Plain or InitStyle.Script && config.Command.Count == 0)
        {
            throw new VServerException(
                ErrorIds.StartFailed,
                ErrorKind.InvalidData,
                config.Name,
                $"Cannot start the guest '{config.Name}': its init is {config.Init}, and it has no command to be started. Give it one; see New-VServer -Command.");
        }
    }

    // A host that dies while it adopts a tree leaves a whole configuration, and the tree where it was.
    private bool IsIncomplete(GuestConfig config) => config.Incomplete || !store.Host.FolderExists(store.TreePath(config.Name));

    private Guest Describe(GuestConfig config) => Describe(config, host.Find(store.Place(config.Name)));

    private Guest Describe(GuestConfig config, GuestProcess? process)
    {
        string? reason = process is not null ? GuestReason.Of(process) : GuestReason.Of(host.FindEnd(store.Place(config.Name)), config);
        return Describe(config, process, reason);
    }

    private Guest Describe(GuestConfig config, GuestProcess? process, string? reason) => new()
    {
        Name = config.Name,
        Store = store.Path,
        Path = store.TreePath(config.Name),
        State = StateOf(config, process, reason),
        Reason = reason,
        HostName = config.HostName,
        Description = config.Description,
        Reference = config.Reference,
        TrustGroup = config.TrustGroup,
        IdBase = config.IdBase,
        Privileged = config.Privileged,
        Network = config.Network,
        Mounts = config.Mounts,
        Addresses = config.Addresses,
        Publish = config.Publish,
        Init = config.Init,
        Priority = config.Priority,
        Restart = config.Restart,
        Reboot = config.Reboot,
        MemoryMax = config.MemoryMax,
        PidsMax = config.PidsMax,
        CpuMax = config.CpuMax,
        IOWeight = config.IOWeight,
        Nice = config.Nice,
        Restarts = process?.Restarts ?? 0,
        ProcessId = process?.Init,
        Started = process?.Started,
        HasDelta = process is null && host.HasDelta(store.Place(config.Name)),
        Queued = UnifyQueue.Read(store, config.Name).Length,
        Created = config.Created,
    };
}
