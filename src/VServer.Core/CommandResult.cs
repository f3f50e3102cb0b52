namespace VServer;

/// <summary>How a command in a guest ended.</summary>
public sealed record CommandResult
{
    /// <summary>The guest.</summary>
    public required string Guest { get; init; }

    /// <summary>Its exit code; 128 and the signal when a signal ended it.</summary>
    public int ExitCode { get; init; }

    /// <summary>The signal that ended it, or 0.</summary>
    public int Signal { get; init; }

    /// <summary>True when it was ended for its time limit.</summary>
    public bool TimedOut { get; init; }

    /// <summary>What it wrote to stdout, as UTF-8.</summary>
    public string Stdout { get; init; } = "";

    /// <summary>What it wrote to stderr, as UTF-8.</summary>
    public string Stderr { get; init; } = "";

    /// <summary>How long it ran.</summary>
    public TimeSpan Elapsed { get; init; }
}
