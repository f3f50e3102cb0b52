using System.Security.Cryptography;
using VServer.Errors;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Trust;

/// <summary>One thread's part of comparing files with the digests of their packages.</summary>
internal sealed class PackageVerifier(TestRequest request, string store, ITreeHost trees, string tree) : IDisposable
{
    private readonly IFolder root = trees.OpenRoot(tree);

    /// <summary>A folder's files with what their packages say of them, by where they really are.</summary>
    internal sealed record Work(UnixPath Folder, IReadOnlyList<(UnixPath Name, FileDigest Digest, string Package)> Files);

    /// <summary>Gathers what is to be compared. Paths of folders that the tree does not have are kept as they are listed.</summary>
    public static IReadOnlyList<Work> Plan(IFolder root, IPackageDigests database, CancellationToken cancellation)
    {
        using FolderResolver resolver = new(root);
        List<(UnixPath Path, FileDigest Digest, string Package)> files = [];
        foreach (InstalledPackage package in database.Packages)
        {
            cancellation.ThrowIfCancellationRequested();
            files.AddRange(database.DigestsOf(package).Select(digest => (resolver.ResolveFile(digest.Path) ?? digest.Path, digest, package.Name)));
        }

        return [.. files.GroupBy(static file => file.Path.Parent)
            .Select(static group => new Work(group.Key, [.. group.Select(static file => (file.Path.Name, file.Digest, file.Package))]))];
    }

    /// <summary>Compares the files of one folder.</summary>
    public void Verify(Work work, CancellationToken cancellation)
    {
        using IFolder? folder = root.TryOpenFolder(work.Folder);
        foreach ((UnixPath name, FileDigest digest, string package) in work.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            FileFacts? facts = folder?.Find(name);
            if (folder is null || facts is null)
            {
                Tell(FindingKind.PackageFileMissing, work.Folder.Combine(name), package, "The package lists it, and it is not there.");
            }
            else if (Difference(folder, name, facts.Value, digest, cancellation) is { } detail)
            {
                Tell(FindingKind.PackageFileChanged, work.Folder.Combine(name), package, detail);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    /// <summary>How a file differs from what its package says; null when it does not.</summary>
    public static string? Difference(IFolder folder, UnixPath name, in FileFacts facts, FileDigest digest, CancellationToken cancellation)
    {
        if (digest.MayBeLink && facts.Kind == FileKind.SymbolicLink)
        {
            return Convert.ToHexStringLower(CryptographicOperations.HashData(digest.Algorithm, folder.ReadLink(name).Bytes.Span)) == digest.Value
                ? null
                : "It leads elsewhere than where the package had it.";
        }

        if (facts.Kind != FileKind.Regular)
        {
            return $"It is a {facts.Kind} and was a regular file.";
        }

        try
        {
            using IFile file = folder.OpenFile(name);
            return Convert.ToHexStringLower(file.ComputeHash(digest.Algorithm, cancellation)) == digest.Value ? null : "Its content is not what the package installed.";
        }
        catch (TreeException failure)
        {
            return failure.Message;
        }
    }

    private void Tell(FindingKind kind, UnixPath path, string package, string detail) =>
        request.Found(new Finding { Guest = request.Name, Store = store, Kind = kind, Path = path, Package = package, Detail = detail });
}
