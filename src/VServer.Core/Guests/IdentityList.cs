using System.Text.Json.Serialization;

namespace VServer.Guests;

/// <summary>The form of a list of what tells one system from another: docs/design/identity.schema.json.</summary>
internal sealed record IdentityList
{
    /// <summary>Where an editor finds the schema; not used.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; set; }

    /// <summary>The parts; of two rules for one path the first wins.</summary>
    public required IReadOnlyList<IdentitySet> Sets { get; init; }
}
