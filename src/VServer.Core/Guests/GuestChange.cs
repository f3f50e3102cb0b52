namespace VServer.Guests;

/// <summary>What is to be different about a guest; what is null stays as it is.</summary>
public sealed record GuestChange
{
    /// <summary>What it is for, in its admin's words.</summary>
    public string? Description { get; init; }

    /// <summary>The host name seen inside.</summary>
    public string? HostName { get; init; }

    /// <summary>Who it may share inodes with.</summary>
    public string? TrustGroup { get; init; }

    /// <summary>True to give it private copies first of what it shares with guests that it must not share with any more.</summary>
    public bool Unshare { get; init; }

    /// <summary>Whether its files are never links to inodes of others.</summary>
    public bool? SeparateInodes { get; init; }

    /// <summary>What is process 1.</summary>
    public InitStyle? Init { get; init; }

    /// <summary>The guest's own program and arguments; empty for none.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Environment of process 1.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Which network it sees.</summary>
    public NetworkMode? Network { get; init; }

    /// <summary>Whether it has no user namespace.</summary>
    public bool? Privileged { get; init; }

    /// <summary>What becomes of the delta at the end.</summary>
    public DeltaPolicy? Delta { get; init; }

    /// <summary>When many are started or stopped: those of a higher priority start earlier and stop later.</summary>
    public int? Priority { get; init; }

    /// <summary>Paths never shared for this guest, beyond the built-in rules.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>True when it needs a stopped guest: all that a start has made use of, and all that its tree has to follow.</summary>
    internal bool NeedsStopped => this != new GuestChange { Description = Description, Priority = Priority, Exclude = Exclude };

    /// <summary>A configuration with what is different.</summary>
    internal GuestConfig ApplyTo(GuestConfig config) => config with
    {
        Description = Description ?? config.Description,
        HostName = HostName ?? config.HostName,
        TrustGroup = TrustGroup ?? config.TrustGroup,
        SeparateInodes = SeparateInodes ?? config.SeparateInodes,
        Init = Init ?? config.Init,
        Command = Command ?? config.Command,
        Environment = Environment ?? config.Environment,
        Network = Network ?? config.Network,
        Privileged = Privileged ?? config.Privileged,
        Delta = Delta ?? config.Delta,
        Priority = Priority ?? config.Priority,
        Exclude = Exclude ?? config.Exclude,
    };
}
