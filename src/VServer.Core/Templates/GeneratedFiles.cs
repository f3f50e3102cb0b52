using VServer.Ports;
using VServer.Guests;
using VServer.Unify;

namespace VServer.Templates;

/// <summary>
/// Files that no package lists because a package's installation makes them, as a table that can be extended per distribution. Those that
/// say how one system is set up (accounts, networks, enabled services, package sources) are not among them.
/// </summary>
internal static class GeneratedFiles
{
    // The file or all names that match, the package that makes it, and where the package keeps a pristine copy, if it does.
    private static readonly (string Package, string Path, string From)[] Table =
    [
        ("base-files", "var/lock", ""),
        ("base-files", "var/run", ""),
        ("base-files", "etc/motd", "usr/share/base-files/motd"),
        ("base-files", "etc/profile", "usr/share/base-files/profile"),
        ("base-files", "etc/nsswitch.conf", "usr/share/base-files/nsswitch.conf"),
        ("base-files", "etc/nsswitch.conf", "usr/share/libc-bin/nsswitch.conf"),
        ("base-files", "root/.profile", "usr/share/base-files/dot.profile"),
        ("base-files", "root/.bashrc", "usr/share/base-files/dot.bashrc"),
        ("ca-certificates", "etc/ca-certificates.conf", ""),
        ("ca-certificates", "etc/ssl/certs/*", ""),
        ("debianutils", "etc/shells", ""),
        ("libpam-runtime", "etc/pam.d/common-*", ""),
        ("libpam-runtime", "var/lib/pam/*", ""),
        ("locales", "etc/locale.gen", ""),
        ("locales", "usr/lib/locale/locale-archive", ""),
        ("readline-common", "etc/inputrc", "usr/share/readline/inputrc"),
        ("tzdata", "etc/localtime", ""),
        ("tzdata", "etc/timezone", ""),

        // Copied rather than made by ldconfig: that would run a program on the tree, and an entry for a library that was left out only
        // costs the loader a look. A guest that installs libraries gets a new one from dpkg's trigger.
        ("libc-bin", "etc/ld.so.cache", ""),
    ];

    /// <summary>Copies those of the chosen packages that the source has and the target has not.</summary>
    public static void Copy(IFolder source, IFolder target, IReadOnlySet<string> packages, EntryCopier copier, CancellationToken cancellation)
    {
        foreach ((string package, string path, string from) in Table.Where(row => packages.Contains(row.Package)))
        {
            UnixPath to = UnixPath.Parse(path);
            if (from.Length > 0)
            {
                CopyPristine(source, UnixPath.Parse(from), target, to, cancellation);
            }
            else
            {
                CopyMatching(source, target, to, copier, cancellation);
            }
        }
    }

    private static void CopyPristine(IFolder source, UnixPath from, IFolder target, UnixPath to, CancellationToken cancellation)
    {
        using IFolder? sourceFolder = source.TryOpenFolder(from.Parent);
        using IFolder? targetFolder = target.TryOpenFolder(to.Parent);
        if (sourceFolder?.Find(from.Name) is { Kind: FileKind.Regular } facts && targetFolder?.Find(to.Name) is null)
        {
            targetFolder?.CopyFile(sourceFolder, from.Name, to.Name, facts, cancellation);
        }
    }

    private static void CopyMatching(IFolder source, IFolder target, UnixPath pattern, EntryCopier copier, CancellationToken cancellation)
    {
        using IFolder? sourceFolder = source.TryOpenFolder(pattern.Parent);
        using IFolder? targetFolder = target.TryOpenFolder(pattern.Parent);
        if (sourceFolder is null || targetFolder is null)
        {
            return;
        }

        foreach (UnixPath name in sourceFolder.ReadNames().Where(name => BytePattern.Matches(pattern.Name.Bytes, name.Bytes, folderToo: false)))
        {
            if (targetFolder.Find(name) is null && sourceFolder.Find(name) is { } facts)
            {
                copier.Copy(sourceFolder, new FolderEntry(name, facts), targetFolder, pattern.Parent.Combine(name), cancellation);
            }
        }
    }
}
