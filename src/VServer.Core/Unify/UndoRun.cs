using VServer.Guests;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Gives shared inodes private copies: copies them all into a staging folder beside the journal, makes the copies survive a power loss
/// with one flush, then puts them in place.
/// </summary>
internal sealed class UndoRun(UndoRequest request, Store store, ITreeHost trees)
{
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
            WorkMeter meter = new(request.Progress, shared.Count);
            IReadOnlyList<UndoCopier> copiers = WorkerPool.Run(
                UndoBatch.Of(shared),
                _ => new UndoCopier(trees, tree, staging, journal, sharesExtents: request.Method == UnifyMethod.HardLink),
                (copier, batch, token) => copier.Copy(batch, inode => meter.Add(1, inode.Facts.Size, inode.Wanted[0].Folder), token),
                cancellation);
            foreach ((SharedInode inode, SkipReason reason, string detail) in copiers.SelectMany(copier => copier.Failures))
            {
                Tell(inode, reason, tally, detail);
            }

            Place([.. copiers.SelectMany(copier => copier.Copies)], staging, journal, tally, cancellation);
            new SealRelease(store, trees).Run(shared.Where(IsSealed).Select(static inode => inode.Facts.Key), cancellation);
        }
        catch (OperationCanceledException)
        {
            Finish(staging, journal);
            throw;
        }

        Finish(staging, journal);
    }

    // Not after a failure: a folder's time or a guard may be left to put right, which the next run does by the journal.
    private void Finish(string staging, Journal journal)
    {
        store.Host.DeleteTree(staging, CancellationToken.None);
        journal.Complete();
    }

    private void Place(IReadOnlyList<PrivateCopy> copies, string staging, Journal journal, GuestTally tally, CancellationToken cancellation)
    {
        using (IFolder stagingFolder = trees.OpenRoot(staging))
        {
            trees.Flush(stagingFolder);
        }

        // A copy with several names may reach into several folders: one thread's work, when the others have left.
        ILookup<bool, PrivateCopy> hasOneName = copies.ToLookup(static copy => copy.Inode.Wanted.Count == 1);
        PlaceTogether([.. hasOneName[true].GroupBy(static copy => copy.Inode.Wanted[0].Folder)], staging, journal, tally, cancellation);
        if (hasOneName.Contains(false))
        {
            PlaceTogether([hasOneName[false]], staging, journal, tally, cancellation);
        }
    }

    private void PlaceTogether(
        IReadOnlyList<IEnumerable<PrivateCopy>> groups, string staging, Journal journal, GuestTally tally, CancellationToken cancellation)
    {
        IReadOnlyList<UndoPlacing> done = WorkerPool.Run(
            groups,
            _ => new UndoPlacing(trees, tree, staging, request.Guest, journal),
            static (placing, group, token) => placing.Place(group, token),
            cancellation);
        foreach ((PrivateCopy copy, (SkipReason Reason, string Detail)? failure) in done.SelectMany(static placing => placing.Outcomes))
        {
            Tell(copy.Inode, failure?.Reason, tally, failure?.Detail ?? "");
        }
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
