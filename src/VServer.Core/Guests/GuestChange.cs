namespace VServer.Guests;

/// <summary>What is to be different about a guest that exists; what is null stays as it is.</summary>
public sealed record GuestChange : GuestSettings
{
    /// <summary>The host name seen inside.</summary>
    public string? HostName { get; init; }

    /// <summary>Who it may share inodes with.</summary>
    public string? TrustGroup { get; init; }

    /// <summary>True to give it private copies first of what it shares with guests that it must not share with any more.</summary>
    public bool Unshare { get; init; }

    /// <summary>Whether its files are never links to inodes of others.</summary>
    public bool? SeparateInodes { get; init; }

    /// <summary>Paths never shared for this guest, beyond the built-in rules.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>True when it needs a stopped guest: all that a start has made use of, and all that its tree has to follow.</summary>
    internal bool NeedsStopped => this != new GuestChange
    {
        Description = Description,
        Priority = Priority,
        Exclude = Exclude,
        MemoryMax = MemoryMax,
        PidsMax = PidsMax,
        CpuMax = CpuMax,
        IOWeight = IOWeight,
        Nice = Nice,
    };

    /// <inheritdoc/>
    internal override GuestConfig ApplyTo(GuestConfig config) => base.ApplyTo(config) with
    {
        HostName = HostName ?? config.HostName,
        TrustGroup = TrustGroup ?? config.TrustGroup,
        SeparateInodes = SeparateInodes ?? config.SeparateInodes,
        Exclude = Exclude ?? config.Exclude,
    };
}
