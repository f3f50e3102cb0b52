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
                if (request.Path?.Invoke(folder.Path.Combine(entry.Name)) != false)
                {
                    Take(folder.Path, index, entry);
                }
            }
        }

        return listing;
    }

    private void Take(UnixPath folder, int index, in FolderEntry entry)
    {
        if ((guest.Refusal ?? Refusal(folder.Combine(entry.Name), entry.Facts)) is not { } reason)
        {
            listing.Files.Add(new ContentName(number, index, entry.Name, entry.Facts));
            return;
        }

        listing.Tally.CountSkipped(reason);
        request.Files?.Invoke(new UnifyFile
        {
            Guest = guest.Name,
            Path = folder.Combine(entry.Name),
            Reason = reason,
            Detail = reason == SkipReason.Excluded ? $"rule {(guest.Rules ?? rules).Deciding(folder.Combine(entry.Name))}" : "",
            Size = entry.Facts.Size,
        });
    }

    private SkipReason? Refusal(UnixPath path, in FileFacts facts)
    {
        if (!(guest.Rules ?? rules).Allows(path))
        {
            return SkipReason.Excluded;
        }

        return request.RefuseBySize(facts.Size);
    }
}
