namespace VServer.Unify;

/// <summary>Counts and tells what one thread of a run over contents did.</summary>
internal sealed class ContentRecorder(ContentRun run)
{
    /// <summary>What happened, guest by guest.</summary>
    public IReadOnlyList<GuestTally> Tallies { get; } = [.. run.Guests.Select(_ => new GuestTally())];

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
            Path = run.FolderOf(name).Combine(name.Name),
            Shared = fate.MethodIfShared is not null,
            Method = fate.MethodIfShared,
            Reason = fate.Reason,
            Size = size,
            Detail = fate.Detail,
        });
    }
}
