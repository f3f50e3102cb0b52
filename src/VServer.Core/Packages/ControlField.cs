namespace VServer.Packages;

/// <summary>Where a field's name and value are in its paragraph.</summary>
internal readonly record struct ControlField(Range Name, Range Value);
