using System.Runtime.ExceptionServices;
using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>One thread's share of a run over contents: takes inodes that may be equal and makes those that are one.</summary>
internal sealed class ContentWorker : IDisposable
{
    // As many as every file system of ours allows: ext4 has 65,000, btrfs far more, but few in one folder.
    private const uint MostLinks = 60_000;

    private readonly ContentRun run;
    private readonly RecentFolder[] folders;
    private readonly UnixPath temporary;
    private readonly ContentRecorder recorder;
    private readonly ContentReflinker reflinker;

    public ContentWorker(ContentRun run, int number)
    {
        this.run = run;
        temporary = run.Journal?.TemporaryName(number) ?? UnixPath.Root;
        folders = [.. run.Guests.Select(guest => new RecentFolder(run.Trees.OpenRoot(guest.Tree)))];
        recorder = new ContentRecorder(run);
        reflinker = new ContentReflinker(run, recorder);
    }

    /// <summary>What happened, guest by guest.</summary>
    public IReadOnlyList<GuestTally> Tallies => recorder.Tallies;

    /// <summary>Does one group.</summary>
    public void Work(IReadOnlyList<ContentInode> group, CancellationToken cancellation)
    {
        List<IReadOnlyList<ContentInode>> places = run.Request.Reflinks ? ByPlace(group) : [.. group.Select(static inode => new[] { inode })];

        // More than copies in each guest explain: reading each once for its digest is less than comparing each with many. Those that were all
        // read before need not even be opened.
        int unknown = places.Count(place => run.Memory.Find(place[0].Facts) is null);
        if (unknown > 0 && places.Count <= 2 * run.Guests.Count)
        {
            Share(places.SelectMany(static inodes => inodes), cancellation);
            return;
        }

        foreach (IGrouping<UInt128?, IReadOnlyList<ContentInode>> equal in places.GroupBy(inodes => Digest(inodes, cancellation)).Where(static part => part.Key is not null))
        {
            ShareEqual([.. equal.SelectMany(static inodes => inodes)], cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(folders, folder => folder.Dispose());

    private void ShareEqual(IReadOnlyList<ContentInode> inodes, CancellationToken cancellation)
    {
        if (inodes.Count == 1)
        {
            recorder.RecordUnmatched(inodes[0]);
        }
        else
        {
            Share(inodes, cancellation);
        }
    }

    private void Share(IEnumerable<ContentInode> inodes, CancellationToken cancellation)
    {
        List<ContentClass> classes = [];
        try
        {
            foreach (ContentInode inode in inodes)
            {
                cancellation.ThrowIfCancellationRequested();
                Guarded([inode], () => Place(inode, classes, cancellation));
            }
        }
        finally
        {
            CloseAll(classes);
        }
    }

    // Whatever becomes of one: each of the others has its guard to be put back, too.
    private void CloseAll(IEnumerable<ContentClass> classes)
    {
        ExceptionDispatchInfo? first = null;
        foreach (ContentClass found in classes)
        {
            try
            {
                Close(found);
            }
            catch (Exception failure) when (failure is TreeException or OperationCanceledException)
            {
                first ??= ExceptionDispatchInfo.Capture(failure);
            }
        }

        first?.Throw();
    }

    private void Close(ContentClass found)
    {
        try
        {
            Tell(found);
            found.Remember(run.Memory);
        }
        finally
        {
            Seal(found);
        }
    }

    private void Tell(ContentClass found)
    {
        if (found.IsTold)
        {
            // It stayed to be offered to others.
        }
        else if (found.Gained > 0 || found.HasTwin)
        {
            recorder.Record(found.Inode, new FileFate(SkipReason.AlreadyShared, "", found.Gained > 0 ? UnifyMethod.HardLink : UnifyMethod.Reflink));
        }
        else
        {
            recorder.RecordUnmatched(found.Inode);
        }
    }

    private void Seal(ContentClass found)
    {
        try
        {
            found.Dispose();
        }
        catch (TreeException)
        {
            // The guard is left to be put back by the next run.
            run.Journal?.Keep();
            throw;
        }
    }

    // Inodes whose bytes are at one place, as an earlier run left them; each of the rest alone.
    private List<IReadOnlyList<ContentInode>> ByPlace(IReadOnlyList<ContentInode> group)
    {
        List<IReadOnlyList<ContentInode>> places = [];
        foreach (IGrouping<UInt128?, ContentInode> part in group.Where(TryReadExtents).GroupBy(static inode => inode.Extents is { HasBlocks: true, Place: var place } ? place : null))
        {
            places.AddRange(part.Key is null ? part.Select(static inode => new[] { inode }) : [[.. part]]);
        }

        return places;
    }

    private bool TryReadExtents(ContentInode inode) => Guarded([inode], () =>
    {
        using IFile file = Open(inode.Names[0]);
        inode.Extents = file.ReadExtents();
    });

    private UInt128? Digest(IReadOnlyList<ContentInode> place, CancellationToken cancellation)
    {
        UInt128? digest = run.Memory.Find(place[0].Facts);
        if (digest is not null)
        {
            return digest;
        }

        Guarded(place, () =>
        {
            using IFile file = Open(place[0].Names[0]);
            digest = run.Memory.Learn(file, cancellation);
        });
        return digest;
    }

    private bool Guarded(IReadOnlyList<ContentInode> inodes, Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (TreeException failure)
        {
            foreach (ContentInode inode in inodes)
            {
                recorder.Record(inode, new FileFate(SkipReasons.Of(failure), failure.Message));
            }

            return false;
        }
    }

    private void Place(ContentInode inode, List<ContentClass> classes, CancellationToken cancellation)
    {
        int known = classes.Count;
        if (!TryAdd(inode, classes))
        {
            return;
        }

        // The list owns it from here; it goes again when it gives its names away or cannot be compared.
        ContentClass found = classes[known];
        found.Digest = run.Memory.Find(inode.Facts);
        bool stays = false;
        try
        {
            ContentClass? equal = classes.Find(other => other != found && MayBeOneInode(found, other) && found.IsEqualTo(other, cancellation));
            stays = equal is null && (!run.Request.Reflinks || reflinker.Share(found, classes, cancellation));
            if (equal is not null && equal.Inode.Facts.LinkCount + equal.Gained + found.Inode.Names.Count > MostLinks)
            {
                // The second generation: what comes next goes to this inode.
                classes.Remove(equal);
                classes.Add(equal);
                stays = true;
            }
            else if (equal is not null)
            {
                Replace(found, equal);
            }
        }
        finally
        {
            if (!stays)
            {
                classes.Remove(found);
                found.Dispose();
            }
        }
    }

    private bool MayBeOneInode(ContentClass left, ContentClass right) =>
        run.TakesLinks(left.Inode)
        && run.TakesLinks(right.Inode)
        && left.Inode.Facts.Device == right.Inode.Facts.Device
        && ContentKey.Of(left.Inode.Facts, run.Request.IgnoreTime) == ContentKey.Of(right.Inode.Facts, run.Request.IgnoreTime);

    private bool TryAdd(ContentInode inode, List<ContentClass> classes)
    {
        if (ContentClass.TryAdd(Open(inode.Names[0]), inode, run.Request.WhatIf ? UnifyGuard.None : run.Request.Guard, classes, out SkipReason reason))
        {
            return true;
        }

        recorder.Record(inode, new FileFate(reason));
        return false;
    }

    private void Replace(ContentClass found, ContentClass equal)
    {
        foreach (ContentName name in found.Inode.Names)
        {
            FileFate fate;
            try
            {
                fate = new FileFate(run.Request.WhatIf ? null : ReplaceName(name, found, equal));
                equal.Gained += fate.Reason is null ? 1u : 0;
            }
            catch (TreeException failure)
            {
                fate = new FileFate(SkipReasons.Of(failure), failure.Message);
            }

            recorder.Record(name, fate);
        }

        CountSaved(found);
    }

    private SkipReason? ReplaceName(in ContentName name, ContentClass found, ContentClass equal)
    {
        IFolder? folder = folders[name.Guest].Open(run.FolderOf(name));
        if (folder?.Find(name.Name) is not { } now || !found.IsStill(now) || !equal.IsStillEqualTo(found))
        {
            return SkipReason.Changed;
        }

        run.BeginChange(name);
        equal.LiftSeal();
        using LiftedSeal? own = LiftedSeal.TryLift(folder, name.Name, now, run.Journal, isNoted: true);
        folder.Link(equal.File, temporary);
        try
        {
            folder.Rename(temporary, name.Name);
            return null;
        }
        catch (TreeException)
        {
            folder.Unlink(temporary);
            throw;
        }
    }

    private void CountSaved(ContentClass found)
    {
        ContentInode inode = found.Inode;
        if (inode.Names.Count == inode.Facts.LinkCount)
        {
            Tallies[inode.Names[^1].Guest].CountSaved(
                run.Request.SharesExtents ? (inode.Extents ?? found.File.ReadExtents()).OwnBytes : inode.Facts.AllocatedBytes);
        }
    }

    private IFile Open(in ContentName name)
    {
        UnixPath path = run.FolderOf(name);
        IFolder folder = folders[name.Guest].Open(path) ?? throw new TreeException(
            ErrorKind.Changed, 0, "openat2", path, $"The folder '{path}' is not there any more.");
        return folder.OpenFile(name.Name);
    }
}
