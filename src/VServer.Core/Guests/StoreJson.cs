using System.Text.Json.Serialization;
using VServer.Templates;

namespace VServer.Guests;

/// <summary>How configurations are written: the published form is docs/design/store.md.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    AllowTrailingCommas = true,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip)]
[JsonSerializable(typeof(GuestConfig))]
[JsonSerializable(typeof(TemplateConfig))]
[JsonSerializable(typeof(Networks.NetworkConfig))]
[JsonSerializable(typeof(Unify.QueuedUnify))]
[JsonSerializable(typeof(Unify.QueuedUnify[]))]
internal sealed partial class StoreJson : JsonSerializerContext;
