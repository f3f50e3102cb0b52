using System.Text.Json;
using System.Text.Json.Serialization;

namespace VServer.Guests;

/// <summary>How lists are read: a key that nobody knows is a mistake, since what it was meant to do would not be done.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(IdentityList))]
internal sealed partial class IdentityJson : JsonSerializerContext;
