namespace VServer.Ports;

/// <summary>How to start a guest.</summary>
public sealed record StartOrder
{
    /// <summary>Which guest.</summary>
    public required GuestPlace Place { get; init; }

    /// <summary>Its configuration.</summary>
    public required Guests.GuestConfig Config { get; init; }

    /// <summary>How it is on its network; null when it is on none that was made.</summary>
    public GuestLink? Link { get; init; }

    /// <summary>Absolute path of the file that gets the output of process 1.</summary>
    public required string Console { get; init; }
}
