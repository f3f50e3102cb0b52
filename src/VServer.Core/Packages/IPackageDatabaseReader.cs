using VServer.Ports;

namespace VServer.Packages;

/// <summary>Reads package databases out of trees.</summary>
public interface IPackageDatabaseReader
{
    /// <summary>Reads the database of a tree; null when the tree has none of the known formats.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    IPackageDatabase? TryRead(IFolder root, string owner);
}
