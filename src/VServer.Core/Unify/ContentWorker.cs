using System.Runtime.ExceptionServices;
using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>One thread's share of a run over contents: takes inodes that may be equal and makes those that are one.</summary>
internal sealed class ContentWorker : IDisposable
{
    private readonly ContentRun run;
    private readonly RecentFolder[] folders;
    private readonly ContentRecorder recorder;
    private readonly ContentLinker linker;
    private readonly ContentReflinker reflinker;

    public ContentWorker(ContentRun run, int number)
    {
        this.run = run;
        folders = [.. run.Guests.Select(guest => new RecentFolder(run.Trees.OpenRoot(guest.Tree)))];
        recorder = new ContentRecorder(run);
        linker = new ContentLinker(run, recorder, folders, run.Journal?.TemporaryName(number) ?? UnixPath.Root);
        reflinker = new ContentReflinker(run, recorder);
    }

    /// <summary>What happened, guest by guest.</summary>
    public IReadOnlyList<GuestTally> Tallies => recorder.Tallies;

    /// <summary>Does one group.</summary>
    public void Work(IReadOnlyList<ContentInode> group, CancellationToken cancellation)
    {
        if (run.Request.Planned is not null)
        {
            Share(run.Request.Reflinks ? group.Where(TryReadExtents) : group, cancellation);
            return;
        }

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
            recorder.Tell(found);
            found.Remember(run.Memory);
        }
        finally
        {
            Seal(found);
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
            ContentClass? equal = classes.Find(other => other != found && linker.MayBeOneInode(found, other) && found.IsEqualTo(other, cancellation));
            stays = equal is null && (!run.Request.Reflinks || reflinker.Share(found, classes, cancellation)) && IsOffered(found);
            if (equal is not null && !ContentLinker.HasRoom(equal, found))
            {
                // The second generation: what comes next goes to this inode.
                classes.Remove(equal);
                classes.Add(equal);
                stays = true;
            }
            else if (equal is not null)
            {
                linker.Replace(found, equal);
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

    // What a plan has shared with what it is not equal to is no plan of ours; held open for nothing, thousands would be too many.
    private bool IsOffered(ContentClass found)
    {
        if (run.Request.Planned is not { } planned || planned.Keeps(found.Inode.Facts))
        {
            return true;
        }

        if (!found.IsTold)
        {
            recorder.Record(found.Inode, new FileFate(SkipReason.ContentDiffers));
        }

        return false;
    }

    private bool TryAdd(ContentInode inode, List<ContentClass> classes)
    {
        if (ContentClass.TryAdd(Open(inode.Names[0]), inode, run.Request.WhatIf ? UnifyGuard.None : run.Request.Guard, classes, out SkipReason reason))
        {
            return true;
        }

        recorder.Record(inode, new FileFate(reason));
        return false;
    }

    private IFile Open(in ContentName name)
    {
        UnixPath path = run.FolderOf(name);
        IFolder folder = folders[name.Guest].Open(path) ?? throw new TreeException(
            ErrorKind.Changed, 0, "openat2", path, $"The folder '{path}' is not there any more.");
        return folder.OpenFile(name.Name);
    }
}
