namespace VServer.Ports;

/// <summary>A running guest.</summary>
/// <param name="Monitor">Process id of the monitor.</param>
/// <param name="Init">Process id, seen from the host, of the guest's process 1.</param>
/// <param name="Started">When process 1 was started.</param>
/// <param name="Suspended">True while it is frozen.</param>
public sealed record GuestProcess(int Monitor, int Init, DateTimeOffset Started, bool Suspended);
