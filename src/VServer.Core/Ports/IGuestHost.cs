using VServer.Guests;

namespace VServer.Ports;

/// <summary>Starts guests, runs commands in them, stops them, and finds them again from the kernel.</summary>
public interface IGuestHost
{
    /// <summary>What runs of the guest, as the kernel says; null when nothing does. Left-overs of a killed monitor are cleaned on the way.</summary>
    GuestProcess? Find(GuestPlace place);

    /// <summary>How a guest that does not run has ended; null when it has not run since the host was started.</summary>
    GuestEnd? FindEnd(GuestPlace place);

    /// <summary>Keeps a guest from being started, or from being changed while <paramref name="shared"/>, until disposed.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.GuestRunning"/> or <see cref="Errors.ErrorIds.GuestBusy"/>.</exception>
    IDisposable Reserve(GuestPlace place, bool shared);

    /// <summary>Starts the guest; complete or undone.</summary>
    GuestProcess Start(StartOrder order, CancellationToken cancellation);

    /// <summary>Runs one program in a running guest, or in a stopped one that is started for it and settled after.</summary>
    CommandEnd Execute(CommandOrder order, CancellationToken cancellation);

    /// <summary>Stops the guest; always ends.</summary>
    /// <param name="place">The guest.</param>
    /// <param name="grace">How long it may take after it was asked, before it is killed.</param>
    /// <param name="discard">True to drop its delta; false for what it was started with.</param>
    /// <param name="cancellation">Ends the grace.</param>
    StopEnd Stop(GuestPlace place, TimeSpan grace, bool discard, CancellationToken cancellation);

    /// <summary>Freezes all of a running guest, or lets it go on; complete or undone.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.HostUnsupported"/>, <see cref="Errors.ErrorIds.SuspendFailed"/>.</exception>
    void Suspend(GuestPlace place, bool suspended, CancellationToken cancellation);

    /// <summary>Holds a running guest to the limits of a configuration, and lifts those that are none.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.LimitUnsupported"/>, <see cref="Errors.ErrorIds.LimitRefused"/>, <see cref="Errors.ErrorIds.GuestNotRunning"/>.</exception>
    void Limit(GuestPlace place, GuestConfig config, CancellationToken cancellation);

    /// <summary>What a guest takes of the host now; null when it does not run, or nothing counts it.</summary>
    GuestUsage? ReadUsage(GuestPlace place);

    /// <summary>Waits until the guest is in a state, told by the kernel.</summary>
    /// <param name="place">The guest.</param>
    /// <param name="state">Stopped, running or suspended.</param>
    /// <param name="limit">How long; null for without end.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>False when the time was over first.</returns>
    bool Wait(GuestPlace place, GuestState state, TimeSpan? limit, CancellationToken cancellation);

    /// <summary>Folds the delta of a stopped guest into its tree, or drops it.</summary>
    SettleEnd Settle(GuestPlace place, bool discard, CancellationToken cancellation);

    /// <summary>True when the guest has a delta that was not settled.</summary>
    bool HasDelta(GuestPlace place);

    /// <summary>True when settling was interrupted, so that part of the delta may be in the tree.</summary>
    bool IsHalfSettled(GuestPlace place);

    /// <summary>Asks kernel and file system what they can do.</summary>
    /// <param name="folder">Any folder on the file system.</param>
    /// <param name="cancellation">Ends the asking.</param>
    IReadOnlyList<HostFeature> Probe(string folder, CancellationToken cancellation);
}
