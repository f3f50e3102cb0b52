using VServer.Errors;
using VServer.Guests;
using VServer.Packages;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Gives guests the files of a reference where theirs are equal to them, by package or for a whole tree.</summary>
internal sealed class ReferenceUnifier(Store store, ITreeHost trees, IPackageDatabaseReader packages, UnifyRequest request, PathRules rules, DigestMemory memory)
{
    /// <summary>Does it for guests that trust the reference.</summary>
    /// <param name="reference">The reference, which nobody changes meanwhile.</param>
    /// <param name="prepare">Makes the guests ready, once it is known which packages they are asked for.</param>
    /// <param name="cancellation">Ends it between two files.</param>
    /// <returns>The guests, and what happened, guest by guest.</returns>
    public (IReadOnlyList<UnifyGuest> Guests, IReadOnlyList<GuestTally> Tallies) Run(
        string reference, Func<WantedPackages, IReadOnlyList<UnifyGuest>> prepare, CancellationToken cancellation)
    {
        using IFolder root = trees.OpenRoot(store.TreePath(reference));
        IPackageDatabase? database = ReadPackages(root, reference);
        CandidateFinder finder = new(request, rules, database);
        IReadOnlyList<UnifyGuest> guests = prepare(new WantedPackages(database?.Format, finder.Packages));
        IReadOnlyList<FolderWork> work = finder.Find(root, cancellation);
        return (guests, Share(root, reference, guests, finder.Packages, work, cancellation));
    }

    private IPackageDatabase? ReadPackages(IFolder root, string reference)
    {
        if (request.Scope != UnifyScope.Package)
        {
            return null;
        }

        return packages.TryRead(root, reference) ?? throw new VServerException(
            ErrorIds.PackageDatabaseMissing,
            ErrorKind.NotFound,
            reference,
            $"The reference '{reference}' has no package database of a known format, so nothing says which files may be shared. Use -Scope Tree to share any equal file at the same path.");
    }

    private IReadOnlyList<GuestTally> Share(
        IFolder root,
        string reference,
        IReadOnlyList<UnifyGuest> guests,
        IReadOnlyList<InstalledPackage> known,
        IReadOnlyList<FolderWork> work,
        CancellationToken cancellation)
    {
        using Journal? journal = request.WhatIf ? null : Journal.Begin(store, [.. guests.Select(guest => guest.Name), reference]);
        if (journal is not null)
        {
            SealNotes.Write(journal, root, work);
        }

        UnifyRun run = new(request, trees, store.TreePath(reference), guests, known, rules, journal) { Memory = memory };
        WorkMeter meter = new(request.Progress, work.Sum(piece => (long)piece.Files.Count));
        IReadOnlyList<UnifyWorker> workers = RunWorkers(run, work, meter, cancellation);
        return [.. guests.Select((guest, index) => GuestTally.Sum(
            [.. workers.Select(worker => worker.Tallies[index]), request.Planned?.CountUnmet(guest.Name, request.Files) ?? new GuestTally()]))];
    }

    private static IReadOnlyList<UnifyWorker> RunWorkers(
        UnifyRun run, IReadOnlyList<FolderWork> work, WorkMeter meter, CancellationToken cancellation)
    {
        try
        {
            IReadOnlyList<UnifyWorker> workers = WorkerPool.Run(
                work,
                number => new UnifyWorker(run, number),
                (worker, piece, token) =>
                {
                    worker.Work(piece, token);
                    meter.Add(piece.Files.Count, piece.Bytes, piece.Path);
                },
                cancellation);
            run.Journal?.Complete();
            return workers;
        }
        catch (OperationCanceledException)
        {
            // Every thread left its folder in order, so nothing is left to put right.
            run.Journal?.Complete();
            throw;
        }
    }
}
