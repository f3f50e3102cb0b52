using VServer.Ports;

namespace VServer.Packages;

/// <summary>The database of rpm, as Fedora, openSUSE and their kin have it.</summary>
internal sealed class RpmDatabase(IFolder root, RpmAnswers answers) : IPackageDigests
{
    /// <inheritdoc/>
    public string Format => "rpm";

    /// <inheritdoc/>
    public IReadOnlyList<InstalledPackage> Packages => answers.Packages;

    /// <inheritdoc/>
    public IReadOnlyList<UnixPath> FilesOf(InstalledPackage package) => answers.WithFiles(package, root).Files;

    /// <inheritdoc/>
    public IReadOnlyList<UnixPath> ConfigurationFilesOf(InstalledPackage package) => answers.WithFiles(package, root).Configuration;

    /// <inheritdoc/>
    public IReadOnlyList<FileDigest> DigestsOf(InstalledPackage package) => answers.WithDigests(package, root).Digests;
}
