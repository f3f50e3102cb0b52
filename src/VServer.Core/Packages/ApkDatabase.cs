using VServer.Ports;

namespace VServer.Packages;

/// <summary>The database of apk, as Alpine and its kin have it.</summary>
internal sealed class ApkDatabase : IPackageDigests
{
    // The newer place is that of distributions with a merged /usr, where lib is a link and so is no folder.
    private static readonly UnixPath[] Places = [UnixPath.Parse("lib/apk/db/installed"), UnixPath.Parse("usr/lib/apk/db/installed")];

    private readonly Dictionary<InstalledPackage, ApkPackage> byIdentity = [];
    private readonly Lazy<ApkProtectedPaths> protectedPaths;
    private readonly PathBudget budget;

    private ApkDatabase(IFolder root, string owner, IReadOnlyList<ApkPackage> installed)
    {
        budget = new PathBudget(owner);
        protectedPaths = new Lazy<ApkProtectedPaths>(() => ApkProtectedPaths.Read(root, owner));
        foreach (ApkPackage package in installed)
        {
            byIdentity.TryAdd(package.Identity, package);
        }

        Packages = [.. byIdentity.Keys];
    }

    /// <inheritdoc/>
    public string Format => "apk";

    /// <inheritdoc/>
    public IReadOnlyList<InstalledPackage> Packages { get; }

    /// <summary>Reads the database of a tree; null when it has none.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public static ApkDatabase? TryRead(IFolder root, string owner)
    {
        foreach (UnixPath place in Places)
        {
            DatabaseFile file = new(owner, place);
            if (file.TryRead(root) is { } content)
            {
                return new ApkDatabase(root, owner, ApkInstalled.Parse(file, content));
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<UnixPath> FilesOf(InstalledPackage package) => ApkInstalled.FilesOf(byIdentity[package], budget);

    /// <inheritdoc/>
    public IReadOnlyList<UnixPath> ConfigurationFilesOf(InstalledPackage package) => [.. FilesOf(package).Where(protectedPaths.Value.Protects)];

    /// <inheritdoc/>
    public IReadOnlyList<FileDigest> DigestsOf(InstalledPackage package) =>
        [.. ApkInstalled.DigestsOf(byIdentity[package], budget).Where(digest => !protectedPaths.Value.Protects(digest.Path))];
}
