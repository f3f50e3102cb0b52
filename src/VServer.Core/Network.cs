namespace VServer;

/// <summary>A network of guests, as it was when asked for.</summary>
public sealed record Network
{
    /// <summary>Its name, unique among the networks of its store.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the store.</summary>
    public required string Store { get; init; }

    /// <summary>What it is for, in its admin's words.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its subnets, at most one of IPv4 and one of IPv6.</summary>
    public IReadOnlyList<string> Subnet { get; init; } = [];

    /// <summary>The host's own addresses on it, which are the guests' way out.</summary>
    public IReadOnlyList<string> HostAddress { get; init; } = [];

    /// <summary>True when its guests reach what the host reaches, under the host's address.</summary>
    public bool Masquerade { get; init; }

    /// <summary>Name of its bridge on the host.</summary>
    public string Bridge { get; init; } = "";

    /// <summary>True when the bridge is there: some guest was started on it since the host was.</summary>
    public bool Active { get; init; }

    /// <summary>Guests that are configured for it.</summary>
    public IReadOnlyList<string> Guests { get; init; } = [];

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }
}
