using System.Text.Json;
using System.Text.Json.Serialization;

namespace VServer.Templates;

/// <summary>What the host knows of a template, as kept in <c>.vserver/templates/NAME.json</c>. Keys this version does not know are kept.</summary>
// Settable where there is a default: the serializer forgets the defaults of what can only be initialized.
public sealed record TemplateConfig
{
    /// <summary>The template's name; the file name says the same.</summary>
    public required string Name { get; init; }

    /// <summary>True until the template's tree is complete: written first, taken away last, so that an interrupted making is known.</summary>
    public bool Incomplete { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Where its files came from, e.g. <c>host</c> or a folder.</summary>
    public string Source { get; set; } = "";

    /// <summary>The packages that were asked for.</summary>
    public IReadOnlyList<string> Requested { get; set; } = [];

    /// <summary>How many files its packages list that the source did not have.</summary>
    public int MissingFiles { get; init; }

    /// <summary>Guests made from it belong to this trust group unless told otherwise.</summary>
    public string TrustGroup { get; set; } = "default";

    /// <summary>What this version does not know. Settable, since the serializer cannot give it to a constructor.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Unknown { get; set; } = new Dictionary<string, JsonElement>();
}
