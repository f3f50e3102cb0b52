namespace VServer.Unify;

/// <summary>Counts and tells what one thread of a run over contents did.</summary>
internal sealed class ContentRecorder(ContentRun run)
{
    /// <summary>What happened, guest by guest.</summary>
    public IReadOnlyList<GuestTally> Tallies { get; } = [.. run.Guests.Select(_ => new GuestTally())];

    /// <summary>A file that stayed, when all others have been compared with it.</summary>
    public void Tell(ContentClass found)
    {
        if (found.IsTold)
        {
            // It stayed to be offered to others.
        }
        else if (found.Gained > 0 || found.HasTwin)
        {
            Record(found.Inode, new FileFate(SkipReason.AlreadyShared, "", found.Gained > 0 ? UnifyMethod.HardLink : UnifyMethod.Reflink));
        }
        else
        {
            RecordUnmatched(found.Inode);
        }
    }

    /// <summary>An inode that no other is equal to: shared already, or the only one of its kind.</summary>
    public void RecordUnmatched(ContentInode inode)
    {
        bool isShared = inode.Names.Count < inode.Facts.LinkCount || inode.Names.Any(name => name.Guest != inode.Names[0].Guest);
        bool hasNothing = run.Request.KeepsInodes && inode.Extents is { HasBlocks: false };
        Record(inode, new FileFate(isShared ? SkipReason.AlreadyShared : hasNothing ? SkipReason.TooSmall : SkipReason.NotInReference));
    }

    /// <summary>One fate of all names of an inode.</summary>
    public void Record(ContentInode inode, in FileFate fate)
    {
        foreach (ContentName name in inode.Names)
        {
            Record(name, inode.Facts.Size, fate);
        }
    }

    /// <summary>The fate of one name of a file of so many bytes.</summary>
    public void Record(in ContentName name, long size, in FileFate fate)
    {
        // What stays is none of the plan's own files.
        if (run.Request.Planned is { } planned && !planned.Has(run.Guests[name.Guest].Name, run.PathOf(name)))
        {
            return;
        }

        GuestTally tally = Tallies[name.Guest];
        switch (fate.Reason)
        {
            case null when fate.Method == UnifyMethod.Reflink:
                tally.CountReflinked(size, 0);
                break;
            case null:
                tally.CountLinked(size, 0);
                break;
            case SkipReason.AlreadyShared:
                tally.CountShared(size);
                break;
            default:
                tally.CountSkipped(fate.Reason.Value);
                break;
        }

        run.Request.Files?.Invoke(new UnifyFile
        {
            Guest = run.Guests[name.Guest].Name,
            Path = run.PathOf(name),
            Shared = fate.MethodIfShared is not null,
            Method = fate.MethodIfShared,
            Reason = fate.Reason,
            Size = size,
            Detail = fate.Detail,
        });
    }
}
