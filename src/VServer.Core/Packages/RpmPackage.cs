namespace VServer.Packages;

/// <summary>A package of an rpm database, with its files where they were asked for.</summary>
/// <param name="Identity">Its name, version and architecture.</param>
internal sealed record RpmPackage(InstalledPackage Identity)
{
    private readonly List<UnixPath> files = [];
    private readonly List<UnixPath> configuration = [];
    private readonly List<FileDigest> digests = [];

    /// <summary>What its files contained, but for configuration and ghosts.</summary>
    public IReadOnlyList<FileDigest> Digests => digests;

    /// <summary>All that it lists.</summary>
    public IReadOnlyList<UnixPath> Files => files;

    /// <summary>Its configuration files, and its ghosts: files that it claims and that the guest's programs make.</summary>
    public IReadOnlyList<UnixPath> Configuration => configuration;

    /// <summary>Adds what a file contained.</summary>
    public void Add(FileDigest digest) => digests.Add(digest);

    /// <summary>Adds a file.</summary>
    public void Add(UnixPath path, bool isOwn)
    {
        files.Add(path);
        if (isOwn)
        {
            configuration.Add(path);
        }
    }
}
