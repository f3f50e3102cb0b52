namespace VServer.Ports;

/// <summary>A program to run in a guest.</summary>
public sealed record CommandOrder
{
    /// <summary>Which guest.</summary>
    public required GuestPlace Place { get; init; }

    /// <summary>Its configuration.</summary>
    public required Guests.GuestConfig Config { get; init; }

    /// <summary>With <see cref="Ephemeral"/>: how the guest is on its network; null when it is on none that was made.</summary>
    public GuestLink? Link { get; init; }

    /// <summary>The program, found through the guest's PATH, and its arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Additional environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A user of the guest, by name or number; null for its root.</summary>
    public string? User { get; init; }

    /// <summary>Folder inside the guest to start in; null for the user's home.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>True for a terminal of the guest's own on the caller's terminal; the streams are not used then.</summary>
    public bool Terminal { get; init; }

    /// <summary>Ends the command after this time; null for never.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>True to start a stopped guest for this command alone.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>With <see cref="Ephemeral"/>: drop what the command changed.</summary>
    public bool Discard { get; init; }

    /// <summary>Bytes for its stdin; null for none.</summary>
    public Stream? Input { get; init; }

    /// <summary>Gets its stdout, called from another thread; null: the caller's own stdout is inherited.</summary>
    public Action<ReadOnlyMemory<byte>>? Output { get; init; }

    /// <summary>Gets its stderr, called from another thread; null: the caller's own stderr is inherited.</summary>
    public Action<ReadOnlyMemory<byte>>? ErrorOutput { get; init; }
}
