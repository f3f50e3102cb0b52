using System.Collections.Concurrent;
using System.Diagnostics;
using VServer.Errors;
using VServer.Guests;
using VServer.Packages;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Makes equal files of guests one inode, and gives guests private copies again.</summary>
public sealed class UnifyService(Store store, ITreeHost trees, IGuestHost host, IPackageDatabaseReader packages)
{
    /// <summary>Unifies guests with a reference, or with one another by content: one result a guest, in the order asked.</summary>
    /// <exception cref="VServerException">The reference or a guest cannot be used; nothing was changed.</exception>
    public IReadOnlyList<UnifyResult> Unify(UnifyRequest asked, CancellationToken cancellation)
    {
        Stopwatch clock = Stopwatch.StartNew();
        PathRules rules = new(asked.Rules);
        string? trustGroup = CheckReference(asked);
        IReadOnlyList<GuestConfig> configs = [.. asked.Guests.Distinct().Select(store.ReadGuest)];
        UnifyRequest request = MethodGate.Complete(asked, store);
        IReadOnlyDictionary<string, long> recovered = Recover(request.WhatIf, cancellation);

        using DigestMemory memory = DigestMemory.Open(store, keeps: !request.WhatIf);
        using Reservations reservations = new(host);
        (IReadOnlyList<UnifyGuest> guests, IReadOnlyList<GuestTally> tallies) = trustGroup is null
            ? UnifyByContent(request, rules, configs, memory, reservations, cancellation)
            : UnifyWithReference(request, rules, configs, trustGroup, memory, reservations, cancellation);
        Queue(request, guests);
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
            Reflinked = tallies[index].Reflinked,
            ReflinkedBytes = tallies[index].ReflinkedBytes,
            SavedBytes = tallies[index].SavedBytes,
            Packages = guest.Gate.Refusals.Count(static refusal => refusal is null),
            PackagesDiffering = [.. guest.Gate.Differences.OfType<UnifyPackage>().Where(static package => package.GuestVersion is not null)],
            PackagesMissing = [.. guest.Gate.Differences.OfType<UnifyPackage>().Where(static package => package.GuestVersion is null)],
            OtherManager = guest.Gate.OtherManager,
            Queued = request.AtNextStart is not null && guest.Refusal == SkipReason.Running,
            Recovered = recovered.GetValueOrDefault(guest.Name),
            Elapsed = clock.Elapsed,
        })];
    }

    /// <summary>Finds out what unifying would do and makes a plan of it; nothing is changed.</summary>
    /// <exception cref="VServerException">As with <see cref="Unify"/>.</exception>
    public UnifyPlan Plan(UnifyRequest request, CancellationToken cancellation)
    {
        ConcurrentBag<UnifyPlanEntry> entries = [];
        Unify(request with { WhatIf = true, Plan = entries.Add }, cancellation);
        return PlanMaker.Plan(store, request, entries);
    }

    /// <summary>Makes the request that replays a plan: what it has and no more, with all gates asked again.</summary>
    /// <param name="plan">The plan, which is believed in nothing.</param>
    /// <param name="guests">Those of its guests that are meant.</param>
    /// <exception cref="VServerException"><see cref="ErrorIds.PlanInvalid"/>.</exception>
    public UnifyRequest Replay(UnifyPlan plan, IReadOnlyList<string> guests) => PlanMaker.Request(plan, guests, store);

    /// <summary>Gives a guest private copies of what it shares; needs no reference.</summary>
    /// <exception cref="VServerException">The guest cannot be used; nothing was changed.</exception>
    public UndoResult Undo(UndoRequest request, CancellationToken cancellation)
    {
        Stopwatch clock = Stopwatch.StartNew();
        store.ReadGuest(request.Guest);
        bool scans = MethodGate.SharesExtents(store, request.Guest, request.Method) && request.Method != UnifyMethod.HardLink;
        IReadOnlyDictionary<string, long> recovered = Recover(request.WhatIf, cancellation);
        using Reservations reservations = new(host);
        reservations.Add(store.Place(request.Guest), shared: false);
        using IFolder root = trees.OpenRoot(store.TreePath(request.Guest));
        IReadOnlyList<SharedInode> found = new SharedInodeFinder(WantedFiles(root, request), takesAll: scans).Find(root, cancellation);
        IReadOnlyList<SharedInode> inodes = scans ? ExtentScan.Run(trees, store.TreePath(request.Guest), found, cancellation) : found;
        GuestTally tally = new UndoRun(request, store, trees).Run(inodes, cancellation);
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

    private IReadOnlyDictionary<string, long> Recover(bool whatIf, CancellationToken cancellation) =>
        whatIf ? new Dictionary<string, long>() : new JournalRecovery(store, trees, host).Run(cancellation);

    private (IReadOnlyList<UnifyGuest> Guests, IReadOnlyList<GuestTally> Tallies) UnifyWithReference(
        UnifyRequest request,
        PathRules rules,
        IReadOnlyList<GuestConfig> configs,
        string trustGroup,
        DigestMemory memory,
        Reservations reservations,
        CancellationToken cancellation)
    {
        string reference = request.Reference ?? "";
        reservations.Add(store.Place(reference), shared: true);
        ReferenceUnifier unifier = new(store, trees, packages, request, rules, memory);
        return unifier.Run(reference, wanted => [.. configs.Select(config => Prepare(config, trustGroup, request, wanted, reservations))], cancellation);
    }

    // Guests of one trust group after another: files are never shared across groups.
    private (IReadOnlyList<UnifyGuest> Guests, IReadOnlyList<GuestTally> Tallies) UnifyByContent(
        UnifyRequest request,
        PathRules rules,
        IReadOnlyList<GuestConfig> configs,
        DigestMemory memory,
        Reservations reservations,
        CancellationToken cancellation)
    {
        ContentUnifier unifier = new(store, trees, request, rules, memory);
        Dictionary<string, (UnifyGuest Guest, GuestTally Tally)> done = [];
        foreach (IGrouping<string, GuestConfig> group in configs.GroupBy(config => config.TrustGroup))
        {
            IReadOnlyList<UnifyGuest> guests = [.. group.Select(config => Prepare(config, group.Key, request, WantedPackages.None, reservations))];
            IReadOnlyList<GuestTally> tallies = unifier.Run(guests, cancellation);
            for (int index = 0; index < guests.Count; index++)
            {
                done.Add(guests[index].Name, (guests[index], tallies[index]));
            }
        }

        return ([.. configs.Select(config => done[config.Name].Guest)], [.. configs.Select(config => done[config.Name].Tally)]);
    }

    private Func<UnixPath, bool> WantedFiles(IFolder root, UndoRequest request)
    {
        if (request.Package is null)
        {
            return request.Path ?? (static _ => true);
        }

        IPackageDatabase database = packages.TryRead(root, request.Guest) ?? throw new VServerException(
            ErrorIds.PackageDatabaseMissing,
            ErrorKind.NotFound,
            request.Guest,
            $"The guest '{request.Guest}' has no package database of a known format, so its packages are not known. Undo everything with -Package ALL.");
        using FolderResolver resolver = new(root);
        HashSet<UnixPath> files = [.. database.Packages
            .Where(package => request.Package(package.Name))
            .SelectMany(database.FilesOf)
            .Select(resolver.ResolveFile)
            .OfType<UnixPath>()];
        return request.Path is { } named ? path => named(path) && files.Contains(path) : files.Contains;
    }

    private void Queue(UnifyRequest request, IReadOnlyList<UnifyGuest> guests)
    {
        if (request.AtNextStart is { } queued && !request.WhatIf)
        {
            foreach (UnifyGuest guest in guests.Where(static guest => guest.Refusal == SkipReason.Running))
            {
                UnifyQueue.Add(store, guest.Name, queued);
            }
        }
    }

    // The trust group of the reference; null where there is no reference, by content.
    private string? CheckReference(UnifyRequest request)
    {
        if (request.Scope == UnifyScope.Content)
        {
            return request.Reference is null ? null : throw new VServerException(
                ErrorIds.ReferenceInvalid,
                ErrorKind.InvalidArgument,
                request.Reference,
                $"By content, guests are unified with one another, so '{request.Reference}' cannot be their reference. Leave the reference out, or unify by package or tree.");
        }

        if (request.Reference is null || request.Guests.Contains(request.Reference))
        {
            throw new VServerException(
                ErrorIds.ReferenceInvalid,
                ErrorKind.InvalidArgument,
                request.Reference,
                request.Reference is null
                    ? "Unifying by package or tree needs a reference, whose files the guests get. Name one, or unify by content."
                    : $"'{request.Reference}' is the reference and one of the guests; it cannot be unified with itself. Leave it out of the guests.");
        }

        return store.TryReadGuest(GuestName.Check(request.Reference)) is { Incomplete: false } guest
            ? guest.TrustGroup
            : store.ReadTemplate(request.Reference).TrustGroup;
    }

    private UnifyGuest Prepare(
        GuestConfig config, string trustGroup, UnifyRequest request, WantedPackages wanted, Reservations reservations)
    {
        bool takesLinks = !request.KeepsInodes && !config.SeparateInodes;
        SkipReason? refusal = config.TrustGroup != trustGroup ? SkipReason.OtherTrustGroup
            : host.Find(store.Place(config.Name)) is not null ? SkipReason.Running
            : !takesLinks && !request.Reflinks ? SkipReason.Excluded
            : null;
        if (refusal is null)
        {
            reservations.Add(store.Place(config.Name), shared: false);
        }

        return new UnifyGuest(config.Name, store.TreePath(config.Name), refusal, CompareWithReference(config, request, wanted))
        {
            TakesLinks = takesLinks,
            Rules = config.Exclude.Count == 0 ? null : new PathRules(request.Rules.Concat(config.Exclude)),
        };
    }

    private PackageGate CompareWithReference(GuestConfig config, UnifyRequest request, WantedPackages wanted)
    {
        if (request.Scope != UnifyScope.Package)
        {
            return PackageGate.None;
        }

        using IFolder root = trees.OpenRoot(store.TreePath(config.Name));
        return new PackageGate(wanted, packages.TryRead(root, config.Name));
    }
}
