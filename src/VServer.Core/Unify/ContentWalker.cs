using VServer.Accounting;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Walks one guest's tree for a run over contents.</summary>
internal sealed class ContentWalker(UnifyRequest request, UnifyGuest guest, int number, PathRules rules)
{
    private readonly ContentListing listing = new();

    /// <summary>Lists what may be shared; nothing of a guest that is refused as a whole.</summary>
    public ContentListing Walk(IFolder root, CancellationToken cancellation)
    {
        foreach (WalkedFolder folder in TreeWalk.Through(root, descends: null, cancellation))
        {
            int index = listing.Folders.Count;
            listing.Folders.Add((folder.Path, folder.Folder.Facts.Modified));
            foreach (FolderEntry entry in folder.Entries.Where(static entry => entry.Facts.Kind == FileKind.Regular))
            {
                UnixPath path = folder.Path.Combine(entry.Name);
                bool isMeant = IsMeant(path, entry.Facts);
                bool isAllowed = (!isMeant && entry.Facts.LinkCount == 1) || Rules.Allows(path);
                if (!isAllowed)
                {
                    listing.Excluded.Add(path, entry.Facts);
                }

                if (isMeant)
                {
                    Take(path, index, entry, isAllowed);
                }
            }
        }

        return listing;
    }

    // Of a plan also what stays: its names are another guest's, or were made since.
    private bool IsMeant(UnixPath path, in FileFacts facts) =>
        request.Planned is { } planned ? planned.Meet(guest.Name, path) || planned.Keeps(facts) : request.Path?.Invoke(path) != false;

    private PathRules Rules => guest.Rules ?? rules;

    private void Take(UnixPath path, int index, in FolderEntry entry, bool isAllowed)
    {
        if ((guest.Refusal ?? (isAllowed ? request.RefuseBySize(entry.Facts.Size) : SkipReason.Excluded)) is not { } reason)
        {
            listing.Files.Add(new ContentInode(new ContentName(number, index, entry.Name), entry.Facts));
            return;
        }

        if (request.Planned?.Has(guest.Name, path) == false)
        {
            return;
        }

        listing.Tally.CountSkipped(reason);
        request.Files?.Invoke(new UnifyFile
        {
            Guest = guest.Name,
            Path = path,
            Reason = reason,
            Detail = reason == SkipReason.Excluded ? $"rule {Rules.Deciding(path)}" : "",
            Size = entry.Facts.Size,
        });
    }
}
