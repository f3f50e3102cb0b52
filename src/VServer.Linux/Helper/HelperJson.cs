using System.Text.Json.Serialization;

namespace VServer.Linux.Helper;

/// <summary>Reads the report without reflection.</summary>
[JsonSerializable(typeof(HelperEvent))]
internal sealed partial class HelperJson : JsonSerializerContext;
