using VServer.Guests;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Shares any equal files at any path among guests that trust one another, as vhashify did, with no reference.</summary>
internal sealed class ContentUnifier(Store store, ITreeHost trees, UnifyRequest request, PathRules rules, DigestMemory memory)
{
    /// <summary>Does it for guests of one trust group.</summary>
    /// <returns>What happened, guest by guest.</returns>
    public IReadOnlyList<GuestTally> Run(IReadOnlyList<UnifyGuest> guests, CancellationToken cancellation)
    {
        ContentListing[] listings = Walk(guests, cancellation);
        ExcludedInodes excluded = new();
        Array.ForEach(listings, listing => excluded.Add(listing.Excluded));
        IEnumerable<ContentInode> files = listings.SelectMany(static listing => listing.Files);
        ContentRun looking = new(request, trees, guests, listings, memory, null);
        ContentRecorder untouched = new(looking);
        IEnumerable<ContentInode> allowed = files.Where(file => excluded.Find(file.Facts) is null);
        IReadOnlyList<IReadOnlyList<ContentInode>> groups = request.Planned is { } planned
            ? new PlannedGroups(planned, looking, untouched).Group(allowed)
            : ContentGrouper.Group(allowed, request);
        IReadOnlyList<IReadOnlyList<ContentInode>> several = [.. groups.Where(static group => group.Count > 1)];
        foreach (IReadOnlyList<ContentInode> group in groups.Where(static group => group.Count == 1))
        {
            untouched.RecordUnmatched(group[0]);
        }

        foreach (ContentInode file in files)
        {
            if (excluded.Find(file.Facts) is { } other)
            {
                untouched.Record(file, new FileFate(SkipReason.Excluded, ExcludedInodes.Detail(other)));
            }
        }

        Array.ForEach(listings, static listing => listing.ForgetFiles());
        IReadOnlyList<ContentWorker> workers = several.Count == 0 ? [] : Share(guests, listings, several, cancellation);
        return [.. guests.Select((guest, index) => GuestTally.Sum(
            [
                listings[index].Tally,
                untouched.Tallies[index],
                .. workers.Select(worker => worker.Tallies[index]),
                request.Planned?.CountUnmet(guest.Name, request.Files) ?? new GuestTally(),
            ]))];
    }

    private ContentListing[] Walk(IReadOnlyList<UnifyGuest> guests, CancellationToken cancellation)
    {
        ContentListing[] listings = new ContentListing[guests.Count];
        WorkerPool.Run(
            [.. Enumerable.Range(0, guests.Count)],
            static _ => new NoWorker(),
            (_, index, token) =>
            {
                using IFolder root = trees.OpenRoot(guests[index].Tree);
                listings[index] = new ContentWalker(request, guests[index], index, rules).Walk(root, token);
            },
            cancellation);
        return listings;
    }

    private IReadOnlyList<ContentWorker> Share(
        IReadOnlyList<UnifyGuest> guests, ContentListing[] listings, IReadOnlyList<IReadOnlyList<ContentInode>> groups, CancellationToken cancellation)
    {
        using Journal? journal = request.WhatIf ? null : Journal.Begin(store, guests.Select(guest => guest.Name));
        ContentRun run = new(request, trees, guests, listings, memory, journal);
        NoteSeals(run, groups.SelectMany(static group => group));
        WorkMeter meter = new(request.Progress, groups.Count);
        try
        {
            return WorkerPool.Run(
                groups,
                number => new ContentWorker(run, number),
                (worker, group, token) =>
                {
                    worker.Work(group, token);
                    meter.Add(1, group.Count * group[0].Facts.Size, run.FolderOf(group[0].Names[0]));
                },
                cancellation);
        }
        finally
        {
            // Every thread has left what it worked on in order; a killed run is put right by the journal.
            run.RestoreTimes();
            journal?.Complete();
        }
    }

    private void NoteSeals(ContentRun run, IEnumerable<ContentInode> inodes)
    {
        if (run.Journal is not { } journal)
        {
            return;
        }

        Dictionary<int, IFolder> roots = [];
        try
        {
            SealNotes.Write(journal, Find, inodes);
        }
        finally
        {
            roots.Values.ToList().ForEach(static root => root.Dispose());
        }

        (IFolder Root, UnixPath Folder) Find(ContentName name)
        {
            if (!roots.TryGetValue(name.Guest, out IFolder? root))
            {
                roots.Add(name.Guest, root = trees.OpenRoot(run.Guests[name.Guest].Tree));
            }

            return (root, run.FolderOf(name));
        }
    }
}
