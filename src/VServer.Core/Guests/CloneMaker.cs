using VServer.Errors;
using VServer.Networks;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Makes guests whose trees are like a reference's: all of a request, or none.</summary>
internal sealed class CloneMaker(Store store, ITreeHost trees, IPackageDatabaseReader packages)
{
    private readonly ShareableCache shareable = new(packages);

    /// <summary>Makes the guests, whose names and reference are reserved.</summary>
    /// <returns>What each got.</returns>
    /// <exception cref="VServerException">They could not be made, and nothing of them is left.</exception>
    public IReadOnlyList<CopyTally> Make(CloneRequest request, CancellationToken cancellation)
    {
        using IFolder original = OpenReference(request.Reference);
        CheckConfigurationFolder(original, request.Reference);
        if (request.WhatIf)
        {
            using CloneOrder order = Order(request, FindRules(request, original, cancellation));
            return Fill(request, original, order, null, cancellation);
        }

        IReadOnlyList<CopyTally> tallies = [];
        CloneSealer sealer = new(trees, store.TreePath(request.Reference));
        AllOrNothing.Run(request.Names, () => tallies = Make(request, original, sealer, cancellation), () => Remove(request, sealer));
        return tallies;
    }

    private IReadOnlyList<CopyTally> Make(CloneRequest request, IFolder original, CloneSealer sealer, CancellationToken cancellation)
    {
        (IReadOnlyList<GuestConfig> guests, CloneRules rules) = Begin(request, original, cancellation);
        using CloneOrder order = Order(request, rules);
        MakeRoots(request, original);
        using IWriteBack writeBack = trees.BeginWriteBack(original);
        IReadOnlyList<CopyTally> tallies = Fill(request, original, order, writeBack, cancellation);
        sealer.Seal(order.Unsealed ?? [], cancellation);
        if (!writeBack.KeepsOrder)
        {
            trees.Flush(original);
        }

        // Is flushed, and so survives only with all that was made before.
        Save(guests, incomplete: false);
        return tallies;
    }

    private void Remove(CloneRequest request, CloneSealer sealer)
    {
        sealer.Undo();
        foreach ((GuestConfig config, _) in request.Guests)
        {
            store.Host.DeleteTree(store.TreePath(config.Name), CancellationToken.None);
            store.DeleteGuest(config.Name);
        }
    }

    // What packages list is read while the disk is waited for.
    private (IReadOnlyList<GuestConfig> Guests, CloneRules Rules) Begin(CloneRequest request, IFolder original, CancellationToken cancellation)
    {
        IReadOnlyList<GuestConfig> guests = [];
        CloneRules? rules = null;
        WorkerPool.Run<Action, NoWorker>(
            [() => guests = Assign(request), () => rules = FindRules(request, original, cancellation)],
            static _ => new NoWorker(),
            static (_, part, _) => part(),
            cancellation);
        return (guests, rules!); // Both parts have ended well.
    }

    private CloneRules FindRules(CloneRequest request, IFolder original, CancellationToken cancellation) => new(
        FindShareable(request, original, cancellation),
        IdentityRules.For(store, original),
        new Lazy<ExcludedInodes>(() => ExcludedInodes.Below(original, ShareableFiles.Rules, cancellation)));

    // Incomplete, and before anybody else can be given their addresses.
    private IReadOnlyList<GuestConfig> Assign(CloneRequest request) => new NetworkAssignment(store).Assign(
        [.. request.Guests.Select(static guest => guest.Config)], request.Addresses, guests => Save(guests, incomplete: true));

    // Together, so that the file system flushes once for many.
    private void Save(IReadOnlyList<GuestConfig> guests, bool incomplete) => WorkerPool.Run(
        guests,
        static _ => new NoWorker(),
        (_, config, _) => store.Save(config with { Incomplete = incomplete }),
        CancellationToken.None);

    private ShareableFiles FindShareable(CloneRequest request, IFolder original, CancellationToken cancellation) =>
        request.Guests.Any(guest => guest.Config.TrustGroup != request.TrustGroup) ? ShareableFiles.None(CopyReason.OtherTrustGroup)
        : request.Guests.Any(static guest => guest.Config.SeparateInodes) ? ShareableFiles.None(CopyReason.SeparateInodes)
        : request.Scope == UnifyScope.Package ? shareable.Get(original, request.Reference, cancellation)
        : ShareableFiles.Everything;

    private void MakeRoots(CloneRequest request, IFolder original)
    {
        using IFolder folder = trees.OpenRoot(store.Path);
        foreach ((GuestConfig config, _) in request.Guests)
        {
            folder.CreateFolder(UnixPath.Parse(config.Name), original.Facts.Permissions).Dispose();
        }
    }

    private CloneOrder Order(CloneRequest request, CloneRules rules) => new(
        store.TreePath(request.Reference),
        [.. request.Guests.Select(guest => new CloneTarget(guest.Config.Name, store.TreePath(guest.Config.Name)))],
        rules)
    {
        WhatIf = request.WhatIf,
        Meter = new WorkMeter(request.Progress, total: 0),
        Files = request.Files,
        Unsealed = request.Guard.HasFlag(UnifyGuard.Immutable) ? [] : null,
    };

    private IReadOnlyList<CopyTally> Fill(
        CloneRequest request, IFolder original, CloneOrder order, IWriteBack? writeBack, CancellationToken cancellation)
    {
        order.Queue.Add(UnixPath.Root);
        IReadOnlyList<TreeCloner> cloners = WorkerPool.Run(
            [.. Enumerable.Range(0, Environment.ProcessorCount)],
            _ => new TreeCloner(order, trees),
            static (cloner, _, token) => cloner.Fill(token),
            cancellation);
        CopyTally own = WriteIdentities(request, original, order, writeBack);
        writeBack?.Finish();
        return [.. request.Guests.Select((_, index) => CopyTally.Sum(cloners.Select(cloner => cloner.Tallies[index]).Append(own)))];
    }

    private CopyTally WriteIdentities(CloneRequest request, IFolder original, CloneOrder order, IWriteBack? writeBack)
    {
        IdentityRules rules = order.Rules.Identity;
        HashSet<UnixPath> replaced = order.Replaced.ToHashSet();
        IReadOnlyList<UnixPath> paths = rules.ToWrite(replaced);
        foreach ((GuestConfig config, GuestIdentity identity) in request.WhatIf ? [] : request.Guests)
        {
            using IFolder root = trees.OpenRoot(store.TreePath(config.Name));
            rules.Write(root, paths, identity, writeBack);
        }

        CopyTally own = new();
        own.CountOwn(1 + MissingFolders(original, paths), paths.Count(path => !replaced.Contains(path)));
        return own;
    }

    private static long MissingFolders(IFolder original, IEnumerable<UnixPath> files)
    {
        HashSet<UnixPath> missing = [];
        foreach (UnixPath file in files)
        {
            for (UnixPath at = file.Parent; !at.IsRoot && !original.HasFolder(at) && missing.Add(at); at = at.Parent)
            {
            }
        }

        return missing.Count;
    }

    private IFolder OpenReference(string name)
    {
        try
        {
            return trees.OpenRoot(store.TreePath(name));
        }
        catch (TreeException failure)
        {
            throw Invalid(name, failure.Message, failure);
        }
    }

    // The guest's own files are written there; a symlink could only lead somewhere else.
    private static void CheckConfigurationFolder(IFolder original, string name)
    {
        if (original.Find(UnixPath.Parse("etc")) is { Kind: not FileKind.Folder } facts)
        {
            throw Invalid(name, $"its /etc is no folder but a {facts.Kind}.", null);
        }
    }

    private static VServerException Invalid(string reference, string why, TreeException? inner) => new(
        ErrorIds.TreeInvalid,
        inner?.Kind ?? ErrorKind.InvalidData,
        reference,
        $"The tree of '{reference}' cannot be used: {why} Mend it, or remove the guest or template and make it again.",
        inner);
}
