namespace VServer.Packages;

/// <summary>A package database that also knows what files contained when they were installed.</summary>
public interface IPackageDigests : IPackageDatabase
{
    /// <summary>The digests that a package came with; none for configuration files, which are there to be changed.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    IReadOnlyList<FileDigest> DigestsOf(InstalledPackage package);
}
