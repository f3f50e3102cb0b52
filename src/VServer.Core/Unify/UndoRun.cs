using VServer.Guests;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Gives shared inodes private copies: copies them into a staging folder beside the journal, makes the copies survive a power loss with a
/// flush or two, then puts them in place.
/// </summary>
internal sealed class UndoRun(UndoRequest request, Store store, ITreeHost trees)
{
    // Some five hundred inodes.
    private const int FewBatches = 8;

    private readonly string tree = store.TreePath(request.Guest);

    /// <summary>Does the work.</summary>
    public GuestTally Run(IReadOnlyList<SharedInode> inodes, CancellationToken cancellation)
    {
        GuestTally tally = new();
        List<SharedInode> shared = [.. inodes.Where(IsUndone)];
        foreach (SharedInode inode in inodes.Where(inode => !IsUndone(inode)))
        {
            UnsealAlone(inode);
            Tell(inode, SkipReason.AlreadyShared, tally, "", isPrivate: true);
        }

        if (request.WhatIf)
        {
            shared.ForEach(inode => Tell(inode, null, tally, ""));
        }
        else if (shared.Count > 0)
        {
            CopyAndPlace(shared, tally, cancellation);
        }

        return tally;
    }

    // Whoever shared it is gone, and its seal would keep the guest from ever changing its own file.
    private void UnsealAlone(SharedInode inode)
    {
        if (request.WhatIf || inode.IsShared || !IsSealed(inode))
        {
            return;
        }

        using IFolder root = trees.OpenRoot(tree);
        using IFolder? folder = root.TryOpenFolder(inode.Wanted[0].Folder);
        if (folder is not null)
        {
            SealRelease.Unseal(folder, inode.Wanted[0].Name);
        }
    }

    private static bool IsSealed(SharedInode inode) => inode.Facts.Flags.HasFlag(InodeFlags.Immutable);

    private bool IsUndone(SharedInode inode) => inode.IsShared ? request.Method != UnifyMethod.Reflink : inode.SharesExtents;

    private void CopyAndPlace(List<SharedInode> shared, GuestTally tally, CancellationToken cancellation)
    {
        using Journal journal = Journal.Begin(store, [request.Guest]);
        string staging = Journal.StagingFolder(store, journal.Token);
        store.Host.CreatePrivateFolder(staging);
        try
        {
            NoteSeals(shared, journal);
            CopyAndPlace(shared, new UndoSite(request.Guest, tree, staging, journal, request.Method == UnifyMethod.HardLink), tally, cancellation);
            new SealRelease(store, trees).Run(shared.Where(IsSealed).Select(static inode => inode.Facts.Key), cancellation);
        }
        catch (OperationCanceledException)
        {
            Finish(staging, journal);
            throw;
        }

        Finish(staging, journal);
    }

    private void NoteSeals(List<SharedInode> shared, Journal journal)
    {
        using IFolder root = trees.OpenRoot(tree);
        SealNotes.Write(journal, root, shared);
    }

    private void CopyAndPlace(List<SharedInode> shared, UndoSite site, GuestTally tally, CancellationToken cancellation)
    {
        using IFolder staging = trees.OpenRoot(site.Staging);
        WorkMeter meter = new(request.Progress, shared.Count);
        UndoBatch[] batches = UndoBatch.Of(shared);

        // Half is flushed while the other half is copied; for a few a second flush would cost more than it spares.
        int half = batches.Length < FewBatches ? batches.Length : batches.Length / 2;
        Copy(batches[..half], site, meter, tally, cancellation);
        BesideFlush first = new(trees, staging);
        Copy(batches[half..], site, meter, tally, cancellation);
        first.Wait();
        BesideFlush? second = half < batches.Length ? new BesideFlush(trees, staging) : null;
        Place(batches[..half], site, tally, cancellation);
        second?.Wait();
        Place(batches[half..], site, tally, cancellation);
    }

    private void Copy(UndoBatch[] batches, UndoSite site, WorkMeter meter, GuestTally tally, CancellationToken cancellation) => Work(
        batches,
        site,
        (worker, batch, token) => worker.Copy(batch, inode => meter.Add(1, inode.Facts.Size, inode.Wanted[0].Folder), token),
        tally,
        cancellation);

    private void Place(UndoBatch[] batches, UndoSite site, GuestTally tally, CancellationToken cancellation)
    {
        foreach (IGrouping<bool, UndoBatch> together in batches.GroupBy(static batch => batch.HaveOneName))
        {
            Work([.. together], site, static (worker, batch, token) => worker.Place(batch, token), tally, cancellation);
        }
    }

    private void Work(
        IReadOnlyList<UndoBatch> batches,
        UndoSite site,
        Action<UndoWorker, UndoBatch, CancellationToken> work,
        GuestTally tally,
        CancellationToken cancellation)
    {
        IReadOnlyList<UndoWorker> done = WorkerPool.Run(batches, _ => new UndoWorker(site, trees), work, cancellation);
        foreach ((SharedInode inode, (SkipReason Reason, string Detail)? failure) in done.SelectMany(static worker => worker.Outcomes))
        {
            Tell(inode, failure?.Reason, tally, failure?.Detail ?? "");
        }
    }

    // Not after a failure: a folder's time or a guard may be left to put right, which the next run does by the journal.
    private void Finish(string staging, Journal journal)
    {
        store.Host.DeleteTree(staging, CancellationToken.None);
        journal.Complete();
    }

    private void Tell(SharedInode inode, SkipReason? reason, GuestTally tally, string detail, bool isPrivate = false)
    {
        foreach ((UnixPath folder, UnixPath name) in inode.Wanted)
        {
            if (isPrivate)
            {
                tally.CountShared(inode.Facts.Size);
            }
            else if (reason is { } skip)
            {
                tally.CountSkipped(skip);
            }
            else
            {
                tally.CountLinked(inode.Facts.Size, 0);
            }

            request.Files?.Invoke(new UnifyFile
            {
                Guest = request.Guest,
                Path = folder.Combine(name),
                Shared = reason is not null && !isPrivate,
                Reason = isPrivate ? null : reason,
                Size = inode.Facts.Size,
                Detail = detail,
            });
        }
    }
}
