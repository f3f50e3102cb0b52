using System.Text.Json;
using System.Text.Json.Serialization;

namespace VServer.Networks;

/// <summary>What the host knows of a network, as kept in <c>.vserver/networks/NAME.json</c>. Keys this version does not know are kept.</summary>
// Settable where there is a default: the serializer forgets the defaults of what can only be initialized.
public sealed record NetworkConfig
{
    /// <summary>The network's name; the file name says the same.</summary>
    public required string Name { get; init; }

    /// <summary>Tells the networks of a store apart in names of interfaces; chosen once.</summary>
    public ushort Number { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>What it is for, in its admin's words.</summary>
    public string Description { get; set; } = "";

    /// <summary>At most one subnet of IPv4 and one of IPv6, as <c>ADDRESS/LENGTH</c>.</summary>
    public IReadOnlyList<string> Subnets { get; set; } = [];

    /// <summary>True when its guests reach what the host reaches, under the host's address.</summary>
    public bool Masquerade { get; init; }

    /// <summary>What this version does not know. Settable, since the serializer cannot give it to a constructor.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Unknown { get; set; } = new Dictionary<string, JsonElement>();
}
