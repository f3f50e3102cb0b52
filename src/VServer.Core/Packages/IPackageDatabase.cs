namespace VServer.Packages;

/// <summary>
/// The packages of one tree. A database is the guest's own and may lie: its paths are only ever a filter on what was found by walking the
/// tree, never a path to open.
/// </summary>
public interface IPackageDatabase
{
    /// <summary>The format, e.g. <c>dpkg</c>.</summary>
    string Format { get; }

    /// <summary>All packages that are fully installed.</summary>
    IReadOnlyList<InstalledPackage> Packages { get; }

    /// <summary>
    /// The paths that the database lists for a package, folders among them, in the form <c>usr/bin/env</c>; symlinks in them are not resolved.
    /// Several threads may ask.
    /// </summary>
    IReadOnlyList<UnixPath> FilesOf(InstalledPackage package);

    /// <summary>The configuration files of a package, in the same form.</summary>
    IReadOnlyList<UnixPath> ConfigurationFilesOf(InstalledPackage package);
}
