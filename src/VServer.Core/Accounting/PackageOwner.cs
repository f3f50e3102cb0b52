namespace VServer.Accounting;

/// <summary>Which package a file belongs to.</summary>
/// <param name="Package">The package, as an index into those whose lists were read.</param>
/// <param name="IsConfiguration">True when it is a configuration file.</param>
internal readonly record struct PackageOwner(int Package, bool IsConfiguration);
