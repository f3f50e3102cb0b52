using System.Collections.Concurrent;
using VServer.Errors;
using VServer.Guards;
using VServer.Guests;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Trust;

/// <summary>Puts right what a test finds, where that can be done without guessing, and says of everything else why it was left.</summary>
public sealed class RepairService(Store store, ITreeHost trees, IGuestHost host, IPackageDatabaseReader packages)
{
    private readonly TestService test = new(store, trees, host, packages);

    /// <summary>Repairs one guest or template.</summary>
    /// <exception cref="VServerException">The guest runs or is busy; a file's failure is told with the file.</exception>
    public void Repair(RepairRequest request, CancellationToken cancellation)
    {
        if (!request.WhatIf)
        {
            Recover(request, cancellation);
        }

        ConcurrentQueue<Finding> findings = [];
        test.Test(
            new TestRequest { Name = request.Name, Scope = request.Scope, Guard = request.Guard, Progress = request.Progress, Found = findings.Enqueue },
            cancellation);
        foreach (IGrouping<FindingKind, Finding> kind in findings.OrderBy(static finding => finding.Path).GroupBy(static finding => Together(finding.Kind)).OrderBy(static kind => kind.Key))
        {
            cancellation.ThrowIfCancellationRequested();
            Repair(request, kind.Key, [.. kind], cancellation);
        }
    }

    // Both are put back from the reference, whose package database is read once.
    private static FindingKind Together(FindingKind kind) =>
        kind == FindingKind.PackageFileMissing ? FindingKind.PackageFileChanged : kind;

    private void Recover(RepairRequest request, CancellationToken cancellation)
    {
        foreach ((string tree, long removed) in new JournalRecovery(store, trees, host).Run(cancellation))
        {
            request.Told(new RepairStep { Guest = tree, Kind = FindingKind.JournalLeft, Done = true, Detail = $"An interrupted run was put right; {removed} left-over files were removed." });
        }

        // A run that is alive has a journal, so what has none is nobody's.
        foreach (string name in new LeftOvers(store, host).Names.Where(static name => name.EndsWith(".staging", StringComparison.Ordinal)))
        {
            store.Host.DeleteTree($"{store.JournalFolder}/{name}", cancellation);
            request.Told(new RepairStep { Kind = FindingKind.JournalLeft, Path = UnixPath.Parse($".vserver/journal/{name}"), Done = true, Detail = "A staging folder without a run was removed." });
        }
    }

    private void Repair(RepairRequest request, FindingKind kind, Finding[] findings, CancellationToken cancellation)
    {
        switch (kind)
        {
            case FindingKind.TemporaryLeft:
                new LeftOverRemover(request, store, trees, host).Remove(findings);
                break;
            case FindingKind.PackageFileChanged:
                new FileRestorer(request, store, trees, host, packages).Restore(findings, cancellation);
                break;
            case FindingKind.OtherTrustGroup:
                Part(request, findings, cancellation);
                break;
            case FindingKind.GuardMissing when request.Guard.HasFlag(UnifyGuard.Immutable):
                Seal(request, findings, cancellation);
                break;
            default:
                Array.ForEach(findings, finding => request.Told(Step(request, finding, done: false, finding.Detail)));
                break;
        }
    }

    // A copy of its own takes nothing from the others.
    private void Part(RepairRequest request, Finding[] findings, CancellationToken cancellation)
    {
        if (store.TryReadGuest(request.Name) is null)
        {
            Array.ForEach(findings, finding => request.Told(Step(request, finding, done: false, $"{finding.Detail} A template keeps its files; repair the guests.")));
            return;
        }

        Dictionary<UnixPath, Finding> wanted = findings.Where(static finding => finding.Path is not null).ToDictionary(static finding => finding.Path!); // Filtered in the line itself.
        new UnifyService(store, trees, host, packages).Undo(
            new UndoRequest
            {
                Guest = request.Name,
                Path = wanted.ContainsKey,
                WhatIf = request.WhatIf,
                Files = file => request.Told(Step(request, wanted[file.Path], file.Reason is null, file.Reason is null ? "The guest gets a copy of its own." : $"Not parted: {file.Reason}. {file.Detail}")),
            },
            cancellation);
    }

    private void Seal(RepairRequest request, Finding[] findings, CancellationToken cancellation)
    {
        Dictionary<UnixPath, Finding> wanted = findings.Where(static finding => finding.Path is not null).ToDictionary(static finding => finding.Path!); // Filtered in the line itself.
        new GuardService(store, trees, host).Change(
            request.Name,
            new FileSelection { Paths = [.. wanted.Keys] },
            new GuardChange
            {
                WhatIf = request.WhatIf,
                Done = file => request.Told(Step(request, wanted[file.Path], done: true, "Sealed.")),
                Failed = failure => request.Told(new RepairStep { Guest = request.Name, Kind = FindingKind.GuardMissing, WhatIf = request.WhatIf, Detail = failure.Message }),
            },
            cancellation);
    }

    /// <summary>What became of a finding.</summary>
    internal static RepairStep Step(RepairRequest request, Finding finding, bool done, string detail) => new()
    {
        Guest = finding.Guest,
        Kind = finding.Kind,
        Path = finding.Path,
        Done = done,
        WhatIf = request.WhatIf,
        Detail = detail,
    };
}
