using VServer.Ports;

namespace VServer.Packages;

/// <summary>The database of dpkg, as Debian and its descendants have it.</summary>
internal sealed class DpkgDatabase : IPackageSource, IPackageDigests
{
    private readonly IFolder root;
    private readonly DatabaseFile statusFile;
    private readonly IReadOnlyList<DpkgPackage> installed;
    private readonly Dictionary<InstalledPackage, DpkgPackage> byIdentity;
    private readonly DpkgDiversions diversions;
    private readonly PathBudget budget;

    private DpkgDatabase(IFolder root, DatabaseFile statusFile, IReadOnlyList<DpkgPackage> installed, DpkgDiversions diversions)
    {
        this.root = root;
        this.statusFile = statusFile;
        this.installed = installed;
        this.diversions = diversions;
        budget = new PathBudget(statusFile.Owner);
        byIdentity = Index(installed, statusFile);
        Packages = [.. installed.Select(package => package.Identity)];
    }

    /// <inheritdoc/>
    public string Format => "dpkg";

    /// <inheritdoc/>
    public IReadOnlyList<InstalledPackage> Packages { get; }

    /// <summary>Reads the database of a tree; null when it has none.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public static DpkgDatabase? TryRead(IFolder root, string owner)
    {
        DatabaseFile statusFile = new(owner, DpkgPaths.Status);
        DatabaseFile diversionsFile = new(owner, DpkgPaths.Diversions);
        return statusFile.TryRead(root) is { } status
            ? new DpkgDatabase(
                root,
                statusFile,
                DpkgStatus.Parse(statusFile, status),
                DpkgDiversions.Parse(diversionsFile, diversionsFile.TryRead(root)))
            : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<UnixPath> FilesOf(InstalledPackage package)
    {
        DatabaseFile file = new(statusFile.Owner, DpkgPaths.Info.Combine(UnixPath.Parse($"{byIdentity[package].InfoName}.list")));
        ReadOnlySpan<byte> content = file.TryRead(root);
        List<UnixPath> paths = [];
        int line = 0;
        foreach (Range range in content.Split((byte)'\n'))
        {
            line++;
            ReadOnlySpan<byte> text = content[range];
            if (text.IsEmpty || text.SequenceEqual("/."u8))
            {
                continue;
            }

            if (text.Length == 1 || text[0] != '/')
            {
                throw file.Invalid(line, "there is no absolute path");
            }

            budget.Spend();
            if (ListedPath.TryTake(text) is { } path)
            {
                paths.Add(diversions.Resolve(path, package.Name));
            }
        }

        return paths;
    }

    /// <inheritdoc/>
    public IReadOnlyList<UnixPath> ConfigurationFilesOf(InstalledPackage package) =>
        [.. DpkgConffiles.Parse(statusFile, byIdentity[package].Paragraph).Select(path => diversions.Resolve(path, package.Name))];

    /// <inheritdoc/>
    public IReadOnlyList<FileDigest> DigestsOf(InstalledPackage package)
    {
        DatabaseFile file = new(statusFile.Owner, DpkgPaths.Info.Combine(UnixPath.Parse($"{byIdentity[package].InfoName}.md5sums")));
        HashSet<UnixPath> configuration = [.. ConfigurationFilesOf(package)];
        return [.. DpkgDigests.Parse(file, file.TryRead(root))
            .Select(digest => digest with { Path = diversions.Resolve(digest.Path, package.Name) })
            .Where(digest => !configuration.Contains(digest.Path))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<InstalledPackage> Select(IReadOnlyList<string> names) =>
        [.. new DpkgSelection(statusFile.Owner, installed).Select(names).Select(package => package.Identity)];

    /// <inheritdoc/>
    public void WriteTo(IFolder target, IReadOnlyList<InstalledPackage> packages, CancellationToken cancellation)
    {
        new DpkgWriter(root, target, [.. packages.Select(package => byIdentity[package])], diversions).Write(cancellation);
        using DpkgAlternatives alternatives = new(root, target);
        alternatives.Copy(cancellation);
    }

    private static Dictionary<InstalledPackage, DpkgPackage> Index(IReadOnlyList<DpkgPackage> installed, DatabaseFile statusFile)
    {
        Dictionary<InstalledPackage, DpkgPackage> index = [];
        foreach (DpkgPackage package in installed)
        {
            if (!index.TryAdd(package.Identity, package))
            {
                throw statusFile.Invalid(package.Paragraph.Line, "a package begins that was there before");
            }
        }

        return index;
    }
}
