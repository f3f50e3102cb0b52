using System.Diagnostics;
using VServer.Errors;
using VServer.Guests;
using VServer.Linux.Interop;
using VServer.Linux.Network;
using VServer.Ports;

namespace VServer.Linux.Helper;

/// <summary>Guests by way of the native helper.</summary>
public sealed class HelperGuestHost : IGuestHost
{
    private static readonly string[] Settling = ["settling", "settled"];

    /// <summary>Names of the delta's folder that mean work was interrupted.</summary>
    private static readonly string[] Unfinished = ["dropping", .. Settling];

    private readonly HelperRunner runner;
    private readonly LinkedStart linked;

    /// <summary>Uses the helper at an absolute path.</summary>
    public HelperGuestHost(string helper)
    {
        runner = new HelperRunner(helper);
        linked = new LinkedStart(this);
    }

    /// <inheritdoc/>
    public GuestProcess? Find(GuestPlace place)
    {
        if (new RunFolder(place.Run).ReadState() is not RunState state)
        {
            return null;
        }

        if (!state.Monitor.IsAlive())
        {
            // The monitor was killed: the kernel has killed the guest with it, and what it left is cleaned by whoever finds it.
            StopOnce(place, TimeSpan.Zero, discard: false);
            return null;
        }

        return state.Init.IsAlive()
            ? new GuestProcess(state.Monitor.Id, state.Init.Id, state.Init.GetStarted())
            {
                Suspended = state.IsFrozen(),
                Restarts = state.Restarts,
                Command = state.Command,
            }
            : null;
    }

    /// <inheritdoc/>
    public GuestEnd? FindEnd(GuestPlace place) => new RunFolder(place.Run).ReadEnd();

    /// <inheritdoc/>
    public IDisposable Reserve(GuestPlace place, bool shared)
    {
        bool runs = Find(place) is not null;
        FileDescriptor? held = runs ? null : new RunFolder(place.Run).TryLock(shared);
        return held ?? throw Taken(place, runs || Find(place) is not null);
    }

    /// <inheritdoc/>
    public GuestProcess Start(StartOrder order, CancellationToken cancellation)
    {
        GuestProcess? started = null;
        HelperRequest request = GuestRequests.Start(order);
        using HelperStreams streams = HelperStreams.None();
        linked.Run(order.Place, order.Link, request, () => runner.Run(
            request,
            streams,
            record => started = record.Event == "started" ? new GuestProcess(record.Monitor, record.Init, new ProcessMark(record.Init, record.InitStart).GetStarted()) : started,
            cancellation));
        return started ?? throw HelperFailure.Crashed(request, 0);
    }

    /// <inheritdoc/>
    public CommandEnd Execute(CommandOrder order, CancellationToken cancellation)
    {
        bool alone = order.Ephemeral && (order.Discard || Find(order.Place) is null);
        HelperRequest request = GuestRequests.Execute(order, alone);
        Stopwatch watch = Stopwatch.StartNew();
        CommandEnd end = new(0, 0, false, TimeSpan.Zero);
        using HelperStreams streams = HelperStreams.For(order);
        linked.Run(order.Place, alone ? order.Link : null, request, () => runner.Run(request, streams, record => end = Follow(end, record), cancellation));
        return end with { Elapsed = watch.Elapsed };
    }

    /// <inheritdoc/>
    public StopEnd Stop(GuestPlace place, TimeSpan grace, bool discard, CancellationToken cancellation)
    {
        // Who does not want to wait any longer gets a guest that is killed, not one that goes on stopping by itself.
        using CancellationTokenRegistration hurry = cancellation.Register(() => StopOnce(place, TimeSpan.Zero, discard));
        return StopOnce(place, cancellation.IsCancellationRequested ? TimeSpan.Zero : grace, discard);
    }

    /// <inheritdoc/>
    public void Suspend(GuestPlace place, bool suspended, CancellationToken cancellation)
    {
        using HelperStreams streams = HelperStreams.None();
        runner.Run(GuestRequests.Running(suspended ? "suspend" : "resume", place), streams, static _ => { }, cancellation);
    }

    /// <inheritdoc/>
    public void Limit(GuestPlace place, GuestConfig config, CancellationToken cancellation)
    {
        using HelperStreams streams = HelperStreams.None();
        runner.Run(GuestRequests.Running("limit", place).AddLimits(config), streams, static _ => { }, cancellation);
    }

    /// <inheritdoc/>
    public GuestUsage? ReadUsage(GuestPlace place) => new RunFolder(place.Run).ReadState() is { } state ? CgroupReader.Read(place, state.Cgroup) : null;

    /// <inheritdoc/>
    public bool Wait(GuestPlace place, GuestState state, TimeSpan? limit, CancellationToken cancellation)
    {
        bool reached = false;
        using HelperStreams streams = HelperStreams.None();
        runner.Run(GuestRequests.Wait(place, state, limit), streams, record => reached = record.Event == "reached", cancellation);
        return reached;
    }

    /// <inheritdoc/>
    public SettleEnd Settle(GuestPlace place, bool discard, CancellationToken cancellation)
    {
        SettleEnd settled = new(0, 0, 0);
        using HelperStreams streams = HelperStreams.None();
        runner.Run(GuestRequests.Settle(place, discard), streams, record => settled = ReadSettled(record) ?? settled, cancellation);
        return settled;
    }

    /// <inheritdoc/>
    public bool HasDelta(GuestPlace place)
    {
        return HasAny(place, Unfinished)
            || (Directory.Exists(place.Upper) && Directory.EnumerateFileSystemEntries(place.Upper).Any());
    }

    /// <inheritdoc/>
    public bool IsHalfSettled(GuestPlace place) => HasAny(place, Settling);

    /// <inheritdoc/>
    public IReadOnlyList<HostFeature> Probe(string folder, CancellationToken cancellation)
    {
        List<HostFeature> features = [];
        using HelperStreams streams = HelperStreams.None();
        runner.Run(
            new HelperRequest("probe", folder).Add("tree", folder),
            streams,
            record => features.Add(new HostFeature(record.Name, record.Ok, record.Errno, record.Ok ? "" : ProbeText.Explain(record.Name))),
            cancellation);
        return features;
    }

    private StopEnd StopOnce(GuestPlace place, TimeSpan grace, bool discard)
    {
        StopEnd end = new(StopStep.Gone, TimeSpan.Zero, null);
        HelperRequest request = GuestRequests.Running("stop", place).Add("grace-ms", (long)grace.TotalMilliseconds).Add("discard", discard);
        using HelperStreams streams = HelperStreams.None();
        runner.Run(request, streams, record => end = Follow(end, record), CancellationToken.None);
        return end;
    }

    private static bool HasAny(GuestPlace place, IEnumerable<string> names)
    {
        string folder = Path.GetDirectoryName(place.Upper) ?? "/";
        return names.Any(name => Directory.Exists(Path.Combine(folder, name)));
    }

    private static StopEnd Follow(StopEnd end, HelperEvent record) => record.Event switch
    {
        "stopped" => end with { Step = ReadStep(record.Step), Elapsed = TimeSpan.FromMilliseconds(record.ElapsedMilliseconds) },
        "settled" => end with { Settled = ReadSettled(record) },
        _ => end,
    };

    private static CommandEnd Follow(CommandEnd end, HelperEvent record) => record.Event switch
    {
        "exited" => end with { ExitCode = record.Code },
        "signaled" => end with { ExitCode = 128 + record.Signal, Signal = record.Signal },
        "timeout" => end with { TimedOut = true },
        _ => end,
    };

    private static StopStep ReadStep(string step) => step switch
    {
        "signal" => StopStep.Signal,
        "kill" => StopStep.Kill,
        _ => StopStep.Gone,
    };

    private static SettleEnd? ReadSettled(HelperEvent record) =>
        record.Event == "settled" ? new SettleEnd(record.Moved, record.Removed, record.Directories) : null;

    private static VServerException Taken(GuestPlace place, bool runs) => runs
        ? new VServerException(
            ErrorIds.GuestRunning,
            ErrorKind.InvalidOperation,
            place.Name,
            $"The guest '{place.Name}' runs, and this needs it stopped. Stop it with Stop-VServer {place.Name}.")
        : new VServerException(
            ErrorIds.GuestBusy,
            ErrorKind.Busy,
            place.Name,
            $"Another command works on the guest '{place.Name}'. Wait until it is done, then repeat this one.");
}
