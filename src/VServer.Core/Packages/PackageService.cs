using VServer.Errors;
using VServer.Guests;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Packages;

/// <summary>Tells what is installed in the guests and templates of a store.</summary>
public sealed class PackageService(Store store, ITreeHost trees, IPackageDatabaseReader packages)
{
    /// <summary>The packages of a guest or template, in order of name.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseMissing"/>, <see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public IReadOnlyList<GuestPackage> List(string name)
    {
        using IFolder root = trees.OpenRoot(store.TreePath(name));
        IPackageDatabase database = Read(root, name);
        return [.. database.Packages
            .OrderBy(package => package.Name, StringComparer.Ordinal)
            .ThenBy(package => package.Architecture, StringComparer.Ordinal)
            .Select(package => Describe(name, database, package))];
    }

    /// <summary>The packages that list files, with the file's path as the guest sees it; folders that are links in the tree are followed in it.</summary>
    /// <param name="name">The guest or template.</param>
    /// <param name="literals">Whole paths.</param>
    /// <param name="matches">Tells of a path, in display form, whether it is meant by a pattern.</param>
    /// <param name="cancellation">Ends the search between two packages.</param>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseMissing"/>, <see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public IReadOnlyList<GuestPackage> FindOwners(
        string name, IReadOnlyCollection<UnixPath> literals, Func<string, bool> matches, CancellationToken cancellation)
    {
        using IFolder root = trees.OpenRoot(store.TreePath(name));
        IPackageDatabase database = Read(root, name);
        using FolderResolver resolver = new(root);
        HashSet<UnixPath> wanted = [.. literals.Select(path => resolver.ResolveFile(path) ?? path)];
        List<GuestPackage> found = [];
        foreach (InstalledPackage package in database.Packages)
        {
            cancellation.ThrowIfCancellationRequested();
            UnixPath[] files = [.. database.FilesOf(package).Select(path => resolver.ResolveFile(path) ?? path).Where(path => wanted.Contains(path) || matches(path.ToString()))];
            if (files.Length > 0)
            {
                HashSet<UnixPath> configuration = [.. database.ConfigurationFilesOf(package).Select(path => resolver.ResolveFile(path) ?? path)];
                found.AddRange(files.Distinct().Select(file => Describe(name, database, package) with { Path = file, IsConfiguration = configuration.Contains(file) }));
            }
        }

        return [.. found.OrderBy(owner => owner.Path)];
    }

    /// <summary>Where a path really is in the tree of a guest or template, its own name left as it is.</summary>
    public UnixPath Resolve(string name, UnixPath path)
    {
        using IFolder root = trees.OpenRoot(store.TreePath(name));
        using FolderResolver resolver = new(root);
        return resolver.ResolveFile(path) ?? path;
    }

    private GuestPackage Describe(string name, IPackageDatabase database, InstalledPackage package) => new()
    {
        Guest = name,
        Package = package.Name,
        Version = package.Version,
        Architecture = package.Architecture,
        Manager = database.Format,
        Store = store.Path,
    };

    private IPackageDatabase Read(IFolder root, string name) => packages.TryRead(root, name) ?? throw new VServerException(
        ErrorIds.PackageDatabaseMissing,
        ErrorKind.NotFound,
        name,
        $"'{name}' has no package database of a known format (dpkg, rpm, apk), so nothing says what is installed in it.");
}
