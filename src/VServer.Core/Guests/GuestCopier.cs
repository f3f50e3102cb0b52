using System.Diagnostics;
using VServer.Errors;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Makes guests that are copies of a guest or template, as vbuild did, with an identity of their own.</summary>
public sealed class GuestCopier(Store store, ITreeHost trees, IGuestHost host, IPackageDatabaseReader packages, TimeProvider clock)
{
    private readonly CloneMaker cloner = new(store, trees, packages);

    /// <summary>Fails when something cannot be copied, as far as its configuration tells.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.TemplateNotFound"/>, or it is incomplete.</exception>
    public void CheckReference(string name) => Reference.Find(store, name);

    /// <summary>Makes the copies, all of one walk through the reference: all of them, or none.</summary>
    /// <returns>One result a copy, in the order asked.</returns>
    /// <exception cref="VServerException">They could not be made, and nothing of them is left.</exception>
    public IReadOnlyList<CopyResult> Copy(CopyRequest request, CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        string[] names = [.. request.Names.Distinct()];
        GuestIdentity[] identities = [.. names.Select(name => GuestIdentity.Create(request.HostName ?? name))];
        using Reservations reservations = new(host);
        Reference reference = Reserve(request.Reference, names, request.WhatIf, reservations);
        IReadOnlyList<uint> blocks = IdBlocks.Choose(store, names.Length);
        string trustGroup = request.TrustGroup ?? reference.TrustGroup;
        GuestConfig[] configs = [.. names.Select((name, index) => Describe(reference, name, trustGroup, identities[index], blocks[index]))];
        IReadOnlyList<CopyTally> tallies = cloner.Make(Clone(request, reference, configs, identities), cancellation);
        return [.. names.Select((name, index) => Describe(name, request, tallies[index], watch.Elapsed))];
    }

    private static CloneRequest Clone(CopyRequest request, Reference reference, GuestConfig[] configs, GuestIdentity[] identities) => new(
        reference.Name,
        [.. configs.Select((config, index) => (config, identities[index]))],
        reference.TrustGroup)
    {
        Scope = request.Scope,
        Guard = request.Guard,
        WhatIf = request.WhatIf,
        Files = request.Files,
        Progress = request.Progress,
    };

    // The reference is asked for again when nobody can remove it any more.
    private Reference Reserve(string name, string[] names, bool whatIf, Reservations reservations)
    {
        Reference.Find(store, name);
        Array.ForEach(names, store.CheckFree);
        if (!whatIf)
        {
            StoreGround.Check(store, trees);
            Array.ForEach(names, wanted => reservations.AddNew(store, wanted));
        }

        GuestPlace place = store.Place(name);
        reservations.Add(place, shared: true);
        Reference reference = Reference.Find(store, name);
        return reference.Guest is not null && host.HasDelta(place) ? throw UnsettledGuest.Refuse(name, "so a copy would lack it") : reference;
    }

    // All that its reference has, but for what tells it apart; what this version does not know may be such.
    private GuestConfig Describe(Reference reference, string name, string trustGroup, GuestIdentity identity, uint idBase) =>
        (reference.Guest ?? new GuestConfig { Name = name, HostName = name }) with
        {
            Name = name,
            Created = clock.GetUtcNow(),
            Reference = reference.Name,
            TrustGroup = trustGroup,
            HostName = identity.HostName,
            IdBase = idBase,
            Addresses = [],
            Publish = [],
            Unknown = new Dictionary<string, System.Text.Json.JsonElement>(),
        };

    private CopyResult Describe(string name, CopyRequest request, CopyTally tally, TimeSpan elapsed) => new()
    {
        Guest = name,
        Reference = request.Reference,
        Store = store.Path,
        WhatIf = request.WhatIf,
        DirectoriesMade = tally.Folders,
        FilesCopied = tally.Copied,
        BytesCopied = tally.CopiedBytes,
        FilesLinked = tally.Linked,
        BytesLinked = tally.LinkedBytes,
        SymbolicLinks = tally.SymbolicLinks,
        SpecialFiles = tally.Special,
        FilesWritten = tally.Written,
        LeftOut = tally.LeftOut,
        Elapsed = elapsed,
    };
}
