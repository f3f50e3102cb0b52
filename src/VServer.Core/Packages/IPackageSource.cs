using VServer.Errors;
using VServer.Ports;

namespace VServer.Packages;

/// <summary>A database whose packages can be copied to another tree, file by file and with their entries.</summary>
public interface IPackageSource : IPackageDatabase
{
    /// <summary>The named packages, all that they need, and all that the distribution takes for granted; in order of name.</summary>
    /// <param name="names">Names, with <c>:architecture</c> where it matters.</param>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageNotFound"/>, <see cref="ErrorIds.PackageDependencyMissing"/>.</exception>
    IReadOnlyList<InstalledPackage> Select(IReadOnlyList<string> names);

    /// <summary>Writes a database that holds just these packages into a tree that holds their files, and makes the links that its tools keep.</summary>
    void WriteTo(IFolder target, IReadOnlyList<InstalledPackage> packages, CancellationToken cancellation);
}
