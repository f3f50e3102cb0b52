using VServer.Ports;

namespace VServer.Packages;

/// <summary>Finds out which package database a tree has, and reads it.</summary>
public sealed class PackageDatabaseReader : IPackageDatabaseReader
{
    /// <inheritdoc/>
    public IPackageDatabase? TryRead(IFolder root, string owner) => DpkgDatabase.TryRead(root, owner);
}
