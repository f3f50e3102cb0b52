using VServer.Errors;
using VServer.Guests;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Accounting;

/// <summary>Lists the files of packages that a guest or template has for itself, as the old vfiles did.</summary>
public sealed class UnsharedFiles(Store store, ITreeHost trees, IPackageDatabaseReader packages)
{
    /// <summary>Finds them, one by one as they are known; those with several names in the tree come last.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseMissing"/>, <see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public void Find(string name, Action<UnsharedFile> found, CancellationToken cancellation)
    {
        using IFolder root = trees.OpenRoot(store.TreePath(name));
        IPackageDatabase database = packages.TryRead(root, name) ?? throw new VServerException(
            ErrorIds.PackageDatabaseMissing,
            ErrorKind.NotFound,
            name,
            $"'{name}' has no package database of a known format, so nothing says which of its files belong to packages. Measure-VServer {name} without -Unshared says what it takes.");
        PackageOwners owners = PackageOwners.Read(root, database, database.Packages, cancellation);
        PathRules rules = new(store.TryReadGuest(name)?.Exclude ?? []);
        Dictionary<InodeKey, (uint Missing, List<UnsharedFile> Files)> several = [];
        foreach (WalkedFolder folder in TreeWalk.Through(root, descends: null, cancellation))
        {
            foreach (FolderEntry entry in folder.Entries.Where(static entry => entry.Facts.Kind == FileKind.Regular))
            {
                UnixPath path = folder.Path.Combine(entry.Name);
                UnsharedFile? file = owners.Find(path) is { } owner ? Describe(name, path, database.Packages[owner.Package].Name, owner.IsConfiguration, entry.Facts, rules) : null;
                if (entry.Facts.LinkCount > 1)
                {
                    Remember(several, entry.Facts, file);
                }
                else if (file is not null)
                {
                    found(file);
                }
            }
        }

        foreach ((_, List<UnsharedFile> files) in several.Values.Where(static inode => inode.Missing == 0))
        {
            files.ForEach(found);
        }
    }

    private static UnsharedFile Describe(string name, UnixPath path, string package, bool isConfiguration, in FileFacts facts, PathRules rules) => new()
    {
        Guest = name,
        Path = path,
        Package = package,
        Size = facts.Size,
        AllocatedBytes = facts.AllocatedBytes,
        Reason = isConfiguration ? SkipReason.Configuration
            : !rules.Allows(path) ? SkipReason.Excluded
            : facts.Size == 0 ? SkipReason.Empty
            : null,
    };

    // Whether all names of an inode are in this tree is known at the end.
    private static void Remember(Dictionary<InodeKey, (uint Missing, List<UnsharedFile> Files)> several, in FileFacts facts, UnsharedFile? file)
    {
        InodeKey key = facts.Key;
        if (!several.TryGetValue(key, out (uint Missing, List<UnsharedFile> Files) inode))
        {
            inode = (facts.LinkCount, []);
        }

        if (file is not null)
        {
            inode.Files.Add(file);
        }

        several[key] = (Math.Max(inode.Missing, 1) - 1, inode.Files);
    }
}
