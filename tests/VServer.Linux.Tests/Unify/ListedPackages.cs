using VServer.Packages;
using VServer.Ports;

namespace VServer.Linux.Tests.Unify;

/// <summary>Package databases as a test wants them, by owner.</summary>
internal sealed class ListedPackages : IPackageDatabaseReader
{
    private readonly Dictionary<string, Database> databases = [];

    public void Add(string owner, InstalledPackage package, IReadOnlyList<string> files, params string[] configuration)
    {
        if (!databases.TryGetValue(owner, out Database? database))
        {
            database = new Database();
            databases.Add(owner, database);
        }

        database.Files.Add(package, ([.. files.Select(UnixPath.Parse)], [.. configuration.Select(UnixPath.Parse)]));
    }

    public IPackageDatabase? TryRead(IFolder root, string owner) => databases.GetValueOrDefault(owner);

    private sealed class Database : IPackageDatabase
    {
        public Dictionary<InstalledPackage, (IReadOnlyList<UnixPath> All, IReadOnlyList<UnixPath> Configuration)> Files { get; } = [];

        public string Format => "test";

        public IReadOnlyList<InstalledPackage> Packages => [.. Files.Keys];

        public IReadOnlyList<UnixPath> FilesOf(InstalledPackage package) => Files[package].All;

        public IReadOnlyList<UnixPath> ConfigurationFilesOf(InstalledPackage package) => Files[package].Configuration;
    }
}
