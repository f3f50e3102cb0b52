using VServer.Ports;

namespace VServer.Packages;

/// <summary>Reads package databases out of trees.</summary>
public interface IPackageDatabaseReader
{
    /// <summary>Reads the database of a tree; null when the tree has none of the known formats.</summary>
    /// <param name="root">The tree's root; it stays open as long as the database is used, which reads its lists of files when asked for them.</param>
    /// <param name="owner">Whose tree it is, as the user named it.</param>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    IPackageDatabase? TryRead(IFolder root, string owner);
}
