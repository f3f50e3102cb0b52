using VServer.Guests;
using VServer.Ports;

namespace VServer.Linux.Tests.Unify;

/// <summary>Guests that do not run, but for those named: unify needs only to know.</summary>
internal sealed class StoppedGuests(params string[] running) : IGuestHost
{
    /// <summary>The guest that has a delta.</summary>
    public string? Unsettled { get; init; }

    public GuestProcess? Find(GuestPlace place) => running.Contains(place.Name) ? new GuestProcess(1, 1, DateTimeOffset.UnixEpoch) : null;

    public GuestEnd? FindEnd(GuestPlace place) => null;

    /// <summary>What somebody else does at the very moment before a guest is reserved.</summary>
    public Action<string>? Reserving { get; init; }

    public IDisposable Reserve(GuestPlace place, bool shared)
    {
        Reserving?.Invoke(place.Name);
        return new MemoryStream();
    }

    public GuestProcess Start(StartOrder order, CancellationToken cancellation) => throw new NotSupportedException();

    public CommandEnd Execute(CommandOrder order, CancellationToken cancellation) => throw new NotSupportedException();

    public StopEnd Stop(GuestPlace place, TimeSpan grace, bool discard, CancellationToken cancellation) => throw new NotSupportedException();

    public void Suspend(GuestPlace place, bool suspended, CancellationToken cancellation) => throw new NotSupportedException();

    public void Limit(GuestPlace place, GuestConfig config, CancellationToken cancellation) => throw new NotSupportedException();

    public GuestUsage? ReadUsage(GuestPlace place) => null;

    public bool Wait(GuestPlace place, GuestState state, TimeSpan? limit, CancellationToken cancellation) => throw new NotSupportedException();

    public SettleEnd Settle(GuestPlace place, bool discard, CancellationToken cancellation) => throw new NotSupportedException();

    public bool HasDelta(GuestPlace place) => place.Name == Unsettled;

    public bool IsHalfSettled(GuestPlace place) => false;

    public IReadOnlyList<HostFeature> Probe(string folder, CancellationToken cancellation) => [];
}
