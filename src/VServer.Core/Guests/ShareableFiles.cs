using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Says of the files of a tree whether guests may share them, and why not.</summary>
internal sealed class ShareableFiles
{
    private readonly PackageFiles? listed;
    private readonly HashSet<UnixPath> configuration;
    private readonly CopyReason? unlisted;

    private ShareableFiles(PackageFiles? listed, HashSet<UnixPath> configuration, CopyReason? unlisted)
    {
        this.listed = listed;
        this.configuration = configuration;
        this.unlisted = unlisted;
    }

    /// <summary>What may be shared at all.</summary>
    public static PathRules Rules { get; } = new([]);

    /// <summary>None may be shared, for one reason.</summary>
    public static ShareableFiles None(CopyReason reason) => new(null, [], reason);

    /// <summary>All that the rules allow.</summary>
    public static ShareableFiles Everything { get; } = new(null, [], null);

    /// <summary>What packages list, but for configuration, as far as the rules allow it.</summary>
    public static ShareableFiles OfPackages(IFolder root, IPackageDatabase database, CancellationToken cancellation)
    {
        PackageFiles files = PackageFiles.All(root, database, database.Packages, cancellation);
        using FolderResolver resolver = new(root);
        return new ShareableFiles(
            files,
            [.. database.Packages.SelectMany(database.ConfigurationFilesOf).Select(resolver.ResolveFile).OfType<UnixPath>()],
            CopyReason.Unpackaged);
    }

    /// <summary>The names in a folder that packages list, for <see cref="Ask"/>.</summary>
    public IReadOnlySet<UnixPath>? In(UnixPath folder) => listed?.In(folder);

    /// <summary><see cref="CopyReason.Shareable"/>, or why a file may not be shared.</summary>
    /// <param name="inFolder">What <see cref="In"/> says of its folder.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="path">Its path.</param>
    public CopyReason Ask(IReadOnlySet<UnixPath>? inFolder, UnixPath name, UnixPath path) =>
        unlisted is { } reason && inFolder?.Contains(name) != true ? reason
        : configuration.Contains(path) ? CopyReason.Configuration
        : Rules.Allows(path) ? CopyReason.Shareable
        : CopyReason.Excluded;
}
