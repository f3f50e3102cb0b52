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
        ConcurrentQueue<PackageFiles> parts = [];
        WorkerPool.Run(
            [.. packages.Chunk(Math.Max(1, packages.Count / (2 * Environment.ProcessorCount)))],
            static _ => new NoWorker(),
            (_, part, token) => parts.Enqueue(Some(root, database, part, token)),
            cancellation);
        return parts.Aggregate(new PackageFiles(), static (all, part) => all.With(part));
    }

    private static PackageFiles Some(IFolder root, IPackageDatabase database, InstalledPackage[] packages, CancellationToken cancellation)
    {
        FolderResolver resolver = new(root);
        PackageFiles files = new();
        foreach (InstalledPackage package in packages)
        {
            cancellation.ThrowIfCancellationRequested();
            files.Add(resolver, database.FilesOf(package));
        }

        return files;
    }

    private PackageFiles With(PackageFiles other)
    {
        foreach ((UnixPath folder, HashSet<UnixPath> names) in other.folders)
        {
            if (!folders.TryAdd(folder, names))
            {
                folders[folder].UnionWith(names);
            }
        }

        Missing += other.Missing;
        return this;
    }

    private void Add(FolderResolver resolver, IReadOnlyList<UnixPath> listed)
    {
        foreach (UnixPath path in listed)
        {
            if (resolver.ResolveFile(path) is { } real)
            {
                Add(real);
            }
            else
            {
                Missing++;
            }
        }
    }

    private void Add(UnixPath real)
    {
        UnixPath folder = real.Parent;
        if (!folders.TryGetValue(folder, out HashSet<UnixPath>? names))
        {
            folders.Add(folder, names = []);
        }

        names.Add(real.Name);
    }
}
