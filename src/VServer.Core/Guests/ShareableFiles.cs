using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Says of the files of a tree whether guests may share them, and why not.</summary>
internal sealed class ShareableFiles
{
    private readonly Dictionary<UnixPath, Dictionary<UnixPath, CopyReason>> listed;
    private readonly CopyReason? unlisted;

    private ShareableFiles(Dictionary<UnixPath, Dictionary<UnixPath, CopyReason>> listed, CopyReason? unlisted)
    {
        this.listed = listed;
        this.unlisted = unlisted;
    }

    /// <summary>What may be shared at all.</summary>
    public static PathRules Rules { get; } = new([]);

    /// <summary>None may be shared, for one reason.</summary>
    public static ShareableFiles None(CopyReason reason) => new([], reason);

    /// <summary>All that the rules allow.</summary>
    public static ShareableFiles Everything { get; } = new([], null);

    /// <summary>What packages list, but for configuration, as far as the rules allow it.</summary>
    public static ShareableFiles OfPackages(IFolder root, IPackageDatabase database, CancellationToken cancellation)
    {
        PackageFiles files = PackageFiles.All(root, database, database.Packages, cancellation);
        Dictionary<UnixPath, Dictionary<UnixPath, CopyReason>> listed = new(files.Folders.Count);
        foreach (UnixPath folder in files.Folders)
        {
            cancellation.ThrowIfCancellationRequested();
            listed.Add(folder, files.In(folder)!.ToDictionary(static name => name, name => ByRules(folder.Combine(name)))); // It is one of its folders.
        }

        FolderResolver resolver = new(root);
        foreach (UnixPath path in database.Packages.SelectMany(database.ConfigurationFilesOf).Select(resolver.ResolveFile).OfType<UnixPath>())
        {
            if (listed.TryGetValue(path.Parent, out Dictionary<UnixPath, CopyReason>? names))
            {
                names[path.Name] = CopyReason.Configuration;
            }
        }

        return new ShareableFiles(listed, CopyReason.Unpackaged);
    }

    /// <summary>What is known of a folder's names, for <see cref="Ask"/>.</summary>
    public IReadOnlyDictionary<UnixPath, CopyReason>? In(UnixPath folder) => listed.GetValueOrDefault(folder);

    /// <summary><see cref="CopyReason.Shareable"/>, or why a file may not be shared.</summary>
    public CopyReason Ask(IReadOnlyDictionary<UnixPath, CopyReason>? inFolder, UnixPath folder, UnixPath name) =>
        inFolder is not null && inFolder.TryGetValue(name, out CopyReason known) ? known : unlisted ?? ByRules(folder.Combine(name));

    private static CopyReason ByRules(UnixPath path) => Rules.Allows(path) ? CopyReason.Shareable : CopyReason.Excluded;
}
