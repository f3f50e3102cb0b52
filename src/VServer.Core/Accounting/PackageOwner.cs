namespace VServer.Accounting;

/// <summary>Which package a file belongs to.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="IsConfiguration">True when it is a configuration file.</param>
internal readonly record struct PackageOwner(string Package, bool IsConfiguration);
