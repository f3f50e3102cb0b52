using VServer.Errors;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Remembers what guests may share with a tree, so that many guests made one after the other read its package database once.</summary>
internal sealed class ShareableCache(IPackageDatabaseReader packages)
{
    private static readonly PathRules Rules = new([]);

    private (FileFacts Root, PackageFiles Files)? last;

    /// <summary>What may be shared with the tree of a template.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseMissing"/>, <see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public PackageFiles Get(IFolder root, string template, CancellationToken cancellation)
    {
        if (last is not { } known || !known.Root.IsUnchangedSince(root.Facts))
        {
            IPackageDatabase database = packages.TryRead(root, template) ?? throw new VServerException(
                ErrorIds.PackageDatabaseMissing,
                ErrorKind.NotFound,
                template,
                $"The template '{template}' has no package database of a known format, so nothing says which of its files guests may share. Make it again with New-VServerTemplate, or adopt a full copy of it with New-VServer -Path.");
            last = known = (root.Facts, PackageFiles.Shareable(root, database, Rules, cancellation));
        }

        return known.Files;
    }
}
