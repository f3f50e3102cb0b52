using VServer.Errors;
using VServer.Packages;
using VServer.Ports;

namespace VServer.Guests;

/// <summary>Remembers what guests may share with a tree, so that many guests made one after the other read its package database once.</summary>
internal sealed class ShareableCache(IPackageDatabaseReader packages)
{
    private (FileFacts Root, ShareableFiles Files)? last;

    /// <summary>What may be shared with a reference by its packages.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseMissing"/>, <see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public ShareableFiles Get(IFolder root, string reference, CancellationToken cancellation)
    {
        if (last is not { } known || !known.Root.IsUnchangedSince(root.Facts))
        {
            IPackageDatabase database = packages.TryRead(root, reference) ?? throw new VServerException(
                ErrorIds.PackageDatabaseMissing,
                ErrorKind.NotFound,
                reference,
                $"'{reference}' has no package database of a known format, so nothing says which of its files guests may share. Copy-VServer -Scope Tree shares every file outside configuration and state without one.");
            last = known = (root.Facts, ShareableFiles.OfPackages(root, database, cancellation));
        }

        return known.Files;
    }
}
