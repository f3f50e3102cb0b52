using System.Collections.Concurrent;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Files that packages list, by the folder they really are in: folders that are symlinks (<c>bin</c> to <c>usr/bin</c>) are resolved in the tree.</summary>
internal sealed class PackageFiles
{
    private readonly Dictionary<UnixPath, HashSet<UnixPath>> folders = [];

    /// <summary>The folders that have any.</summary>
    public IReadOnlyCollection<UnixPath> Folders => folders.Keys;

    /// <summary>How many listed paths are in folders that the tree does not have.</summary>
    public int Missing { get; private set; }

    /// <summary>The names in a folder; null when there are none.</summary>
    public IReadOnlySet<UnixPath>? In(UnixPath folder) => folders.GetValueOrDefault(folder);

    /// <summary>Everything that packages list, folders too.</summary>
    public static PackageFiles All(IFolder root, IPackageDatabase database, IReadOnlyList<InstalledPackage> packages, CancellationToken cancellation)
    {
        PackageFiles files = new();
        foreach (PackageFiles part in InParts(packages, part => Listed(database, part, cancellation), cancellation))
        {
            foreach ((UnixPath folder, HashSet<UnixPath> names) in part.folders)
            {
                files.Add(folder, names);
            }
        }

        return files.Resolve(root, cancellation);
    }

    private static PackageFiles Listed(IPackageDatabase database, InstalledPackage[] packages, CancellationToken cancellation)
    {
        PackageFiles files = new();
        UnixPath? folder = null;
        HashSet<UnixPath> names = [];
        foreach (InstalledPackage package in packages)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (UnixPath path in database.FilesOf(package))
            {
                // As a rule in the same folder as the one before.
                if (folder is null || !path.IsDirectlyIn(folder))
                {
                    folder = path.Parent;
                    names = files.NamesIn(folder);
                }

                names.Add(path.Name);
            }
        }

        return files;
    }

    // Each folder once, however many packages list files in it; in order, so that a thread meets what is above them once, too.
    private PackageFiles Resolve(IFolder root, CancellationToken cancellation)
    {
        PackageFiles resolved = new();
        foreach ((UnixPath listed, UnixPath? real) in InParts([.. folders.Keys.Order()], part => Resolve(root, part), cancellation).SelectMany(static part => part))
        {
            if (real is null)
            {
                resolved.Missing += folders[listed].Count;
            }
            else
            {
                resolved.Add(real, folders[listed]);
            }
        }

        return resolved;
    }

    private static List<(UnixPath Listed, UnixPath? Real)> Resolve(IFolder root, UnixPath[] listed)
    {
        using FolderResolver resolver = new(root);
        return [.. listed.Select(folder => (folder, resolver.Resolve(folder)))];
    }

    private static ConcurrentQueue<TResult> InParts<TPiece, TResult>(IReadOnlyList<TPiece> pieces, Func<TPiece[], TResult> work, CancellationToken cancellation)
    {
        ConcurrentQueue<TResult> results = [];
        WorkerPool.Run(
            [.. pieces.Chunk(Math.Max(1, pieces.Count / (2 * Environment.ProcessorCount)))],
            static _ => new NoWorker(),
            (_, part, _) => results.Enqueue(work(part)),
            cancellation);
        return results;
    }

    private void Add(UnixPath folder, HashSet<UnixPath> names)
    {
        if (!folders.TryAdd(folder, names))
        {
            folders[folder].UnionWith(names);
        }
    }

    private HashSet<UnixPath> NamesIn(UnixPath folder)
    {
        if (!folders.TryGetValue(folder, out HashSet<UnixPath>? names))
        {
            folders.Add(folder, names = []);
        }

        return names;
    }
}
