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

    /// <summary>Reads the lists of some packages.</summary>
    public static PackageOwners Read(IFolder root, IPackageDatabase database, IReadOnlyList<InstalledPackage> packages, CancellationToken cancellation)
    {
        PackageOwners read = new();
        using FolderResolver resolver = new(root);
        for (int index = 0; index < packages.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            read.Add(resolver, database.FilesOf(packages[index]), new PackageOwner(index, false));
            read.Add(resolver, database.ConfigurationFilesOf(packages[index]), new PackageOwner(index, true));
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
