using VServer.Errors;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>
/// One thread's share of making trees like another, as vbuild did it: on one file system, folders, symlinks, fifos and devices made anew,
/// shareable files linked, all else copied. Each folder of the reference is read once for all trees.
/// </summary>
internal sealed class TreeCloner : IDisposable
{
    private readonly CloneOrder order;
    private readonly IFolder source;
    private readonly IWriteBack? writeBack;
    private readonly CloneWriter[] writers;

    /// <summary>Opens the trees for this thread.</summary>
    public TreeCloner(CloneOrder order, ITreeHost trees)
    {
        this.order = order;
        source = trees.OpenRoot(order.Source);
        writeBack = order.WhatIf ? null : trees.BeginWriteBack(source);
        writers = writeBack is null ? [] : [.. order.Targets.Select(target => new CloneWriter(target, trees, writeBack))];
        Tallies = [.. order.Targets.Select(static _ => new CopyTally())];
    }

    /// <summary>What each tree got.</summary>
    public IReadOnlyList<CopyTally> Tallies { get; }

    /// <summary>Fills folders until none is left.</summary>
    public void Fill(CancellationToken cancellation)
    {
        order.Queue.Drain(path => Fill(path, cancellation), cancellation);
        writeBack?.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(writers, static writer => writer.Dispose());
        writeBack?.Dispose();
        source.Dispose();
    }

    // Fills one folder and leaves those below to whoever is free.
    private void Fill(UnixPath path, CancellationToken cancellation)
    {
        using IFolder from = source.TryOpenFolder(path) ?? throw Changed(path);
        IReadOnlySet<UnixPath>? shareable = order.Rules.Shareable.In(path);
        IReadOnlyList<IdentityRule> identity = order.Rules.Identity.In(path);
        IReadOnlyList<FolderEntry> entries = from.Read();
        Array.ForEach(writers, writer => writer.Enter(path));
        foreach (FolderEntry entry in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            UnixPath below = path.Combine(entry.Name);
            Take(from, below, entry, order.Rules.Decide(below, entry, shareable, identity, from.Facts.MountId), cancellation);
        }

        Array.ForEach(writers, writer => writer.Leave(from));
        order.Meter.Add(entries.Count, 0, path);
    }

    private void Take(IFolder from, UnixPath path, in FolderEntry entry, CloneDecision decision, CancellationToken cancellation)
    {
        // An immutable inode takes no new name.
        using LiftedSeal? seal = decision.Action == CopyAction.Linked && !order.WhatIf ? LiftedSeal.TryLift(from, entry.Name, entry.Facts) : null;
        for (int index = 0; index < Tallies.Count; index++)
        {
            CloneDecision made = order.WhatIf ? decision : writers[index].Make(from, entry, path, decision, cancellation);
            Tallies[index].Count(made.Action, entry.Facts);
            Tell(index, path, entry.Facts, made);
        }

        Remember(path, entry.Facts, decision);
    }

    private void Tell(int index, UnixPath path, in FileFacts facts, CloneDecision made)
    {
        if (order.Files is { } tell && facts.Kind != FileKind.Folder)
        {
            tell(new CopyFile { Guest = order.Targets[index].Guest, Path = path, Action = made.Action, Reason = made.Reason, Size = facts.Size });
        }
    }

    private void Remember(UnixPath path, in FileFacts facts, CloneDecision decision)
    {
        if (decision is { Action: CopyAction.Made, Reason: CopyReason.Kind } && facts.Kind == FileKind.Folder)
        {
            // To copy a file takes several times as long as to link it.
            order.Queue.Add(path, isLong: ShareableFiles.Rules.LeavesOutOf(path));
        }
        else if (decision.Action == CopyAction.Written)
        {
            order.Replaced.Add(path);
        }
        else if (decision.Action == CopyAction.Linked && !facts.Flags.HasFlag(InodeFlags.Immutable))
        {
            order.Unsealed?.Add(path);
        }
    }

    private TreeException Changed(UnixPath path) => new(
        ErrorKind.Changed,
        0,
        "openat2",
        path,
        $"Cannot copy the folder '{path}' of '{order.Source}': it was removed or replaced meanwhile. Repeat the command when nothing changes it.");
}
