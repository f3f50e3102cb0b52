namespace VServer.Ports;

/// <summary>How a guest that does not run has ended the last time, as its monitor wrote it, or whoever found the monitor dead.</summary>
public sealed record GuestEnd
{
    /// <summary>How its process 1 ended; null when its monitor was killed, and the guest with it.</summary>
    public ProgramEnd? Init { get; init; }

    /// <summary>True when it was asked to end, by reboot or halt inside or by a stop.</summary>
    public bool Asked { get; init; }

    /// <summary>True when it was not started once more, since it had been too often.</summary>
    public bool TooOften { get; init; }

    /// <summary>The helper's error id of what failed at its end, or at starting it again; null when nothing did.</summary>
    public string? Error { get; init; }
}
