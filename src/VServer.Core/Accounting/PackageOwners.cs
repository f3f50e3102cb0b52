using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Accounting;

/// <summary>Which package each file of a tree belongs to, by where the file really is.</summary>
internal sealed class PackageOwners
{
    private readonly Dictionary<UnixPath, PackageOwner> owners = [];

    /// <summary>The owner of a file; null when no package lists it.</summary>
    public PackageOwner? Find(UnixPath path) => owners.TryGetValue(path, out PackageOwner owner) ? owner : null;

    /// <summary>Reads the lists of all packages.</summary>
    public static PackageOwners Read(IFolder root, IPackageDatabase database, CancellationToken cancellation)
    {
        PackageOwners read = new();
        FolderResolver resolver = new(root);
        foreach (InstalledPackage package in database.Packages)
        {
            cancellation.ThrowIfCancellationRequested();
            read.Add(resolver, database.FilesOf(package), new PackageOwner(package.Name, false));
            read.Add(resolver, database.ConfigurationFilesOf(package), new PackageOwner(package.Name, true));
        }

        return read;
    }

    private void Add(FolderResolver resolver, IReadOnlyList<UnixPath> listed, PackageOwner owner)
    {
        foreach (UnixPath real in listed.Select(resolver.ResolveFile).OfType<UnixPath>())
        {
            owners[real] = owner;
        }
    }
}
