using System.Diagnostics;
using VServer.Errors;
using VServer.Guests;
using VServer.Packages;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Makes equal files of guests one inode, and gives guests private copies again.</summary>
public sealed class UnifyService(Store store, ITreeHost trees, IGuestHost host, IPackageDatabaseReader packages)
{
    /// <summary>Unifies guests with a reference: one result a guest, in the order asked.</summary>
    /// <exception cref="VServerException">The reference or a guest cannot be used; nothing was changed.</exception>
    public IReadOnlyList<UnifyResult> Unify(UnifyRequest request, CancellationToken cancellation)
    {
        Stopwatch clock = Stopwatch.StartNew();
        PathRules rules = new(request.Rules);
        string trustGroup = CheckReference(request);
        IReadOnlyList<GuestConfig> configs = [.. request.Guests.Distinct().Select(store.ReadGuest)];
        IReadOnlyDictionary<string, long> recovered =
            request.WhatIf ? new Dictionary<string, long>() : new JournalRecovery(store, trees, host).Run(cancellation);

        using Reservations reservations = new(host);
        reservations.Add(store.Place(request.Reference), shared: true);
        using IFolder root = trees.OpenRoot(store.TreePath(request.Reference));
        CandidateFinder finder = new(request, rules, ReadReferencePackages(root, request));
        IReadOnlyList<UnifyGuest> guests = [.. configs.Select(config => Prepare(config, trustGroup, request, finder.Packages, reservations))];
        IReadOnlyList<FolderWork> work = finder.Find(root, cancellation);
        IReadOnlyList<GuestTally> tallies = Share(request, guests, finder.Packages, work, cancellation);

        return [.. guests.Select((guest, index) => new UnifyResult
        {
            Guest = guest.Name,
            Reference = request.Reference,
            WhatIf = request.WhatIf,
            Linked = tallies[index].Linked,
            LinkedBytes = tallies[index].LinkedBytes,
            AlreadyShared = tallies[index].AlreadyShared,
            AlreadySharedBytes = tallies[index].AlreadySharedBytes,
            Skipped = tallies[index].Skipped,
            SavedBytes = tallies[index].SavedBytes,
            Packages = guest.Accepts.Count(refusal => refusal is null),
            Recovered = recovered.GetValueOrDefault(guest.Name),
            Elapsed = clock.Elapsed,
        })];
    }

    /// <summary>Gives a guest private copies of what it shares; needs no reference.</summary>
    /// <exception cref="VServerException">The guest cannot be used; nothing was changed.</exception>
    public UndoResult Undo(UndoRequest request, CancellationToken cancellation)
    {
        Stopwatch clock = Stopwatch.StartNew();
        store.ReadGuest(request.Guest);
        IReadOnlyDictionary<string, long> recovered =
            request.WhatIf ? new Dictionary<string, long>() : new JournalRecovery(store, trees, host).Run(cancellation);
        using Reservations reservations = new(host);
        reservations.Add(store.Place(request.Guest), shared: false);
        using IFolder root = trees.OpenRoot(store.TreePath(request.Guest));
        SharedInodeFinder finder = new(WantedFiles(root, request));
        GuestTally tally = new UndoRun(request, store, trees).Run(finder.Find(root, cancellation), cancellation);
        return new UndoResult
        {
            Guest = request.Guest,
            WhatIf = request.WhatIf,
            Copied = tally.Linked,
            CopiedBytes = tally.LinkedBytes,
            AlreadyPrivate = tally.AlreadyShared,
            Skipped = tally.Skipped,
            Recovered = recovered.GetValueOrDefault(request.Guest),
            Elapsed = clock.Elapsed,
        };
    }

    private Func<UnixPath, bool> WantedFiles(IFolder root, UndoRequest request)
    {
        if (request.Package is null)
        {
            return static _ => true;
        }

        IPackageDatabase database = packages.TryRead(root, request.Guest) ?? throw new VServerException(
            ErrorIds.PackageDatabaseMissing,
            ErrorKind.NotFound,
            request.Guest,
            $"The guest '{request.Guest}' has no package database of a known format, so its packages are not known. Undo everything with -Package ALL.");
        FolderResolver resolver = new(root);
        HashSet<UnixPath> files = [.. database.Packages
            .Where(package => request.Package(package.Name))
            .SelectMany(database.FilesOf)
            .Select(resolver.ResolveFile)
            .OfType<UnixPath>()];
        return files.Contains;
    }

    private IReadOnlyList<GuestTally> Share(
        UnifyRequest request,
        IReadOnlyList<UnifyGuest> guests,
        IReadOnlyList<InstalledPackage> known,
        IReadOnlyList<FolderWork> work,
        CancellationToken cancellation)
    {
        using Journal? journal = request.WhatIf ? null : Journal.Begin(store, [.. guests.Select(guest => guest.Name), request.Reference]);
        UnifyRun run = new(request, trees, store.TreePath(request.Reference), guests, known, journal);
        WorkMeter meter = new(request.Progress, work.Sum(piece => (long)piece.Files.Count));
        IReadOnlyList<UnifyWorker> workers = RunWorkers(run, work, meter, cancellation);
        return [.. guests.Select((_, index) => Sum(workers.Select(worker => worker.Tallies[index])))];
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

    private static GuestTally Sum(IEnumerable<GuestTally> parts)
    {
        GuestTally sum = new();
        foreach (GuestTally part in parts)
        {
            sum.Add(part);
        }

        return sum;
    }

    private string CheckReference(UnifyRequest request)
    {
        if (request.Guests.Contains(request.Reference))
        {
            throw new VServerException(
                ErrorIds.ReferenceInvalid,
                ErrorKind.InvalidArgument,
                request.Reference,
                $"'{request.Reference}' is the reference and one of the guests; it cannot be unified with itself. Leave it out of the guests.");
        }

        return store.TryReadGuest(GuestName.Check(request.Reference)) is { Incomplete: false } guest
            ? guest.TrustGroup
            : store.ReadTemplate(request.Reference).TrustGroup;
    }

    private IPackageDatabase? ReadReferencePackages(IFolder root, UnifyRequest request)
    {
        if (request.Scope != UnifyScope.Package)
        {
            return null;
        }

        return packages.TryRead(root, request.Reference) ?? throw new VServerException(
            ErrorIds.PackageDatabaseMissing,
            ErrorKind.NotFound,
            request.Reference,
            $"The reference '{request.Reference}' has no package database of a known format, so nothing says which files may be shared. Use -Scope Tree to share any equal file at the same path.");
    }

    private UnifyGuest Prepare(
        GuestConfig config, string trustGroup, UnifyRequest request, IReadOnlyList<InstalledPackage> wanted, Reservations reservations)
    {
        SkipReason? refusal = config.TrustGroup != trustGroup ? SkipReason.OtherTrustGroup
            : host.Find(store.Place(config.Name)) is not null ? SkipReason.Running
            : null;
        if (refusal is null)
        {
            reservations.Add(store.Place(config.Name), shared: false);
        }

        return new UnifyGuest(config.Name, store.TreePath(config.Name), refusal, Accept(config, request, wanted))
        {
            Rules = config.Exclude.Count == 0 ? null : new PathRules(request.Rules.Concat(config.Exclude)),
        };
    }

    private IReadOnlyList<SkipReason?> Accept(GuestConfig config, UnifyRequest request, IReadOnlyList<InstalledPackage> wanted)
    {
        if (request.Scope != UnifyScope.Package)
        {
            return [];
        }

        using IFolder root = trees.OpenRoot(store.TreePath(config.Name));
        IPackageDatabase? database = packages.TryRead(root, config.Name);
        HashSet<InstalledPackage> installed = [.. database?.Packages ?? []];
        HashSet<string> names = [.. installed.Select(package => package.Name)];
        return [.. wanted.Select(package => installed.Contains(package) ? (SkipReason?)null
            : names.Contains(package.Name) ? SkipReason.VersionDiffers
            : SkipReason.NotInReference)];
    }
}
