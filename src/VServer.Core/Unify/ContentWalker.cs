using VServer.Ports;

namespace VServer.Unify;

/// <summary>Walks one guest's tree for a run over contents.</summary>
internal sealed class ContentWalker(UnifyRequest request, UnifyGuest guest, int number, PathRules rules)
{
    private readonly ContentListing listing = new();

    /// <summary>Lists what may be shared; nothing of a guest that is refused as a whole.</summary>
    public ContentListing Walk(IFolder root, CancellationToken cancellation)
    {
        Walk(root, UnixPath.Root, root.Facts.MountId, cancellation);
        return listing;
    }

    private void Walk(IFolder folder, UnixPath path, ulong mount, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int index = listing.Folders.Count;
        listing.Folders.Add((path, folder.Facts.Modified));
        foreach (FolderEntry entry in folder.Read())
        {
            if (entry.Facts.Kind == FileKind.Folder)
            {
                using IFolder? below = folder.TryOpenFolder(entry.Name);
                if (below is not null && below.Facts.MountId == mount)
                {
                    Walk(below, path.Combine(entry.Name), mount, cancellation);
                }
            }
            else if (entry.Facts.Kind == FileKind.Regular && request.Path?.Invoke(path.Combine(entry.Name)) != false)
            {
                Take(path, index, entry);
            }
        }
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

        return facts.Size == 0 ? SkipReason.Empty : facts.Size < request.MinimumSize ? SkipReason.TooSmall : null;
    }
}
