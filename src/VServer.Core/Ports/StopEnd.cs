namespace VServer.Ports;

/// <summary>How a guest was stopped.</summary>
/// <param name="Step">What ended it.</param>
/// <param name="Elapsed">How long that took.</param>
/// <param name="Settled">What settling its delta did; null when it was kept.</param>
public sealed record StopEnd(StopStep Step, TimeSpan Elapsed, SettleEnd? Settled);
