using VServer.Ports;

namespace VServer.Unify;

/// <summary>Counts and tells what one thread of a run with a reference did.</summary>
internal sealed class UnifyRecorder(UnifyRun run)
{
    /// <summary>What happened, guest by guest.</summary>
    public IReadOnlyList<GuestTally> Tallies { get; } = [.. run.Guests.Select(static _ => new GuestTally())];

    /// <summary>True when somebody wants to know why: telling costs a second reading, and nobody pays for what nobody reads.</summary>
    public bool IsExplained => run.Request.Files is not null;

    /// <summary>A file that became a name of the reference's inode, or would.</summary>
    /// <param name="index">The guest.</param>
    /// <param name="before">What the kernel said of it before.</param>
    /// <param name="file">The inode that it was.</param>
    public FileFate RecordLinked(int index, in FileFacts before, IFile file)
    {
        long freed = before.LinkCount > 1 ? 0 : run.Request.SharesExtents ? file.ReadExtents().OwnBytes : before.AllocatedBytes;
        Tallies[index].CountLinked(before.Size, freed);
        return new FileFate(Reason: null);
    }

    /// <summary>The fate of a guest's file, whatever it is.</summary>
    public void Record(int index, UnixPath folder, in Candidate candidate, in FileFate fate)
    {
        if (fate.Reason == SkipReason.AlreadyShared)
        {
            Tallies[index].CountShared(candidate.Facts.Size);
        }
        else if (fate.Reason is { } skip)
        {
            Tallies[index].CountSkipped(skip);
        }

        if (IsExplained)
        {
            Tell(run.Guests[index], folder.Combine(candidate.Name), candidate, fate);
        }
    }

    private void Tell(UnifyGuest guest, UnixPath path, in Candidate candidate, FileFate fate) =>
        run.Request.Files?.Invoke(new UnifyFile
        {
            Guest = guest.Name,
            Path = path,
            Shared = fate.MethodIfShared is not null,
            Method = fate.MethodIfShared,
            Reason = fate.Reason,
            Package = candidate.Package < 0 ? null : run.Packages[candidate.Package].Name,
            Size = candidate.Facts.Size,
            Detail = fate.Detail.Length == 0 && fate.Reason is { } reason ? FateDetail.Refusal(run, guest, path, candidate, reason) : fate.Detail,
        });
}
