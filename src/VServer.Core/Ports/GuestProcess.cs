namespace VServer.Ports;

/// <summary>A running guest.</summary>
/// <param name="Monitor">Process id of the monitor.</param>
/// <param name="Init">Process id, seen from the host, of the guest's process 1.</param>
/// <param name="Started">When process 1 was started.</param>
public sealed record GuestProcess(int Monitor, int Init, DateTimeOffset Started)
{
    /// <summary>True while it is frozen.</summary>
    public bool Suspended { get; init; }

    /// <summary>How often its monitor has started it again.</summary>
    public int Restarts { get; init; }

    /// <summary>How its command has ended, where the built-in process 1 has started one; null while that runs.</summary>
    public ProgramEnd? Command { get; init; }
}
