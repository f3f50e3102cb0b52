using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>One thread's share of a run over contents: takes inodes that may be equal and makes those that are one.</summary>
internal sealed class ContentWorker : IDisposable
{
    // As many as every file system of ours allows: ext4 has 65,000, btrfs far more, but few in one folder.
    private const uint MostLinks = 60_000;

    private readonly ContentRun run;
    private readonly IFolder[] roots;
    private readonly UnixPath temporary;

    public ContentWorker(ContentRun run, int number)
    {
        this.run = run;
        temporary = run.Journal?.TemporaryName(number) ?? UnixPath.Root;
        roots = [.. run.Guests.Select(guest => run.Trees.OpenRoot(guest.Tree))];
        Tallies = [.. run.Guests.Select(_ => new GuestTally())];
    }

    /// <summary>What happened, guest by guest.</summary>
    public IReadOnlyList<GuestTally> Tallies { get; }

    /// <summary>Does one group.</summary>
    public void Work(IReadOnlyList<ContentInode> group, CancellationToken cancellation)
    {
        // More inodes than copies in each guest explain: reading each once for its digest is less than comparing each with many. Those that
        // were all read before need not even be opened.
        int unknown = group.Count(inode => run.Memory.Find(inode.Facts) is null);
        if (unknown > 0 && group.Count <= 2 * run.Guests.Count)
        {
            Share(group, cancellation);
            return;
        }

        foreach (IGrouping<UInt128?, ContentInode> equal in group.GroupBy(inode => Digest(inode, cancellation)).Where(static part => part.Key is not null))
        {
            ShareEqual([.. equal], cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(roots, root => root.Dispose());

    private void ShareEqual(IReadOnlyList<ContentInode> inodes, CancellationToken cancellation)
    {
        if (inodes.Count == 1)
        {
            RecordUnmatched(inodes[0]);
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
                Guarded(inode, () => Place(inode, classes, cancellation));
            }
        }
        finally
        {
            classes.ForEach(Close);
        }
    }

    /// <summary>Counts and tells an inode that no other is equal to: shared already, or the only one of its kind.</summary>
    public void RecordUnmatched(ContentInode inode)
    {
        bool isShared = inode.Names.Count < inode.Facts.LinkCount || inode.Names.Any(name => name.Guest != inode.Names[0].Guest);
        Record(inode, isShared ? SkipReason.AlreadyShared : SkipReason.NotInReference);
    }

    private void Close(ContentClass found)
    {
        if (found.Gained > 0)
        {
            Record(found.Inode, SkipReason.AlreadyShared);
        }
        else
        {
            RecordUnmatched(found.Inode);
        }

        found.Remember(run.Memory);
        found.Dispose();
    }

    private void Record(ContentInode inode, SkipReason? reason, string detail = "")
    {
        foreach (ContentName name in inode.Names)
        {
            Record(name, reason, detail);
        }
    }

    private UInt128? Digest(ContentInode inode, CancellationToken cancellation)
    {
        UInt128? digest = run.Memory.Find(inode.Facts);
        if (digest is not null)
        {
            return digest;
        }

        Guarded(inode, () =>
        {
            using IFile file = Open(inode.Names[0]);
            digest = run.Memory.Learn(file, cancellation);
        });
        return digest;
    }

    private void Guarded(ContentInode inode, Action work)
    {
        try
        {
            work();
        }
        catch (TreeException failure)
        {
            Record(inode, SkipReasons.Of(failure), failure.Message);
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
            ContentClass? equal = classes.Find(other => other != found && other.IsEqualTo(found, cancellation));
            stays = equal is null;
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

    private bool TryAdd(ContentInode inode, List<ContentClass> classes)
    {
        if (ContentClass.TryAdd(Open(inode.Names[0]), inode, classes, out SkipReason reason))
        {
            return true;
        }

        Record(inode, reason);
        return false;
    }

    private void Replace(ContentClass found, ContentClass equal)
    {
        foreach (ContentName name in found.Inode.Names)
        {
            SkipReason? reason = null;
            string detail = "";
            try
            {
                reason = run.Request.WhatIf ? null : ReplaceName(name, found, equal);
                equal.Gained += reason is null ? 1u : 0;
            }
            catch (TreeException failure)
            {
                (reason, detail) = (SkipReasons.Of(failure), failure.Message);
            }

            Record(name, reason, detail);
        }

        CountSaved(found.Inode);
    }

    private SkipReason? ReplaceName(in ContentName name, ContentClass found, ContentClass equal)
    {
        using IFolder? folder = roots[name.Guest].TryOpenFolder(run.FolderOf(name));
        if (folder?.Find(name.Name) is not { } now || !found.IsStill(now))
        {
            return SkipReason.Changed;
        }

        run.BeginChange(name);
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

    private void CountSaved(ContentInode inode)
    {
        if (inode.Names.Count == inode.Facts.LinkCount)
        {
            Tallies[inode.Names[^1].Guest].CountSaved(inode.Facts.AllocatedBytes);
        }
    }

    private IFile Open(in ContentName name)
    {
        UnixPath path = run.FolderOf(name);
        using IFolder folder = roots[name.Guest].TryOpenFolder(path) ?? throw new TreeException(
            ErrorKind.Changed, 0, "openat2", path, $"The folder '{path}' is not there any more.");
        return folder.OpenFile(name.Name);
    }

    private void Record(in ContentName name, SkipReason? reason, string detail)
    {
        GuestTally tally = Tallies[name.Guest];
        switch (reason)
        {
            case null:
                tally.CountLinked(name.Facts.Size, 0);
                break;
            case SkipReason.AlreadyShared:
                tally.CountShared(name.Facts.Size);
                break;
            default:
                tally.CountSkipped(reason.Value);
                break;
        }

        run.Request.Files?.Invoke(new UnifyFile
        {
            Guest = run.Guests[name.Guest].Name,
            Path = run.FolderOf(name).Combine(name.Name),
            Shared = reason is null or SkipReason.AlreadyShared,
            Reason = reason,
            Size = name.Facts.Size,
            Detail = detail,
        });
    }
}
