using VServer.Ports;

namespace VServer.Changes;

/// <summary>
/// Tells a delta's changes to a tree. What is new may be what is missing elsewhere under another name, which is known only at the end: new and
/// removed files come last. The guest may go on writing meanwhile; what goes away while it is looked at is left out.
/// </summary>
internal sealed class DeltaComparer(IFolder delta, IFolder tree, IDeltaReader reader, Action<FileChange> found, FileChange like, CancellationToken cancellation)
{
    private readonly DeltaWalk walk = new(delta, reader, cancellation);
    private readonly FileDifference difference = new(reader, cancellation);
    private readonly Removals removals = new(tree, cancellation);
    private readonly List<(UnixPath Path, FileFacts Facts)> added = [];

    /// <summary>Compares.</summary>
    /// <param name="meter">Counts what was looked at.</param>
    public void Run(WorkMeter meter)
    {
        walk.Prepare(removals.Moved);
        foreach (DeltaFolder folder in walk.Through(removals.Moved))
        {
            using IFolder? before = folder.Before is null ? null : tree.TryOpenFolder(folder.Before);
            LookAtFolder(folder, before);
            foreach (FolderEntry entry in folder.Delta.Entries.Where(static entry => entry.Facts.Kind != FileKind.Folder))
            {
                LookAt(folder, entry, before);
            }

            if (folder.IsHiding && before is not null)
            {
                removals.AddHidden(folder.Before!, before, folder.Delta.Entries); // A folder that is open has a path.
            }

            meter.Add(folder.Delta.Entries.Count, 0, folder.Delta.Path);
        }

        TellAdded();
        foreach ((UnixPath path, FileFacts facts) in removals.Files.Rest)
        {
            Tell(ChangeKind.Removed, path, facts, null);
        }
    }

    private void LookAtFolder(in DeltaFolder folder, IFolder? before)
    {
        UnixPath path = folder.Delta.Path;
        FileFacts now = folder.Delta.Folder.Facts;
        if (folder.Covered is not null && Find(folder.Covered) is { } covered)
        {
            removals.Add(folder.Covered, covered);
        }

        string[] details = before is null ? [] :
            [.. difference.Metadata(folder.Delta.Folder, new FolderEntry(UnixPath.Root, now), before, new FolderEntry(UnixPath.Root, before.Facts))];
        if (folder.IsMoved)
        {
            found(like with { Change = ChangeKind.Renamed, Path = path, OldPath = folder.Before, Type = now.Kind, Detail = Join(details) });
        }
        else if (before is not null)
        {
            TellIfAny(ChangeKind.Metadata, path, now, before.Facts, details);
        }
        else if (folder.Before is not null && Find(folder.Before) is { } other)
        {
            TellIfAny(ChangeKind.Modified, path, now, other, [TypeChange(other, now)]);
        }
        else
        {
            Tell(ChangeKind.Added, path, null, now);
        }
    }

    private void LookAt(in DeltaFolder folder, in FolderEntry entry, IFolder? before)
    {
        UnixPath? was = folder.Before?.Combine(entry.Name);
        FileFacts? facts = was is null || removals.Moved.Contains(was) ? null : before?.Find(entry.Name);
        if (reader.IsRemoval(folder.Delta.Folder, entry))
        {
            // Also what the guest has made and removed again is written down so.
            if (was is not null && facts is { } gone)
            {
                removals.Add(was, gone);
            }
        }
        else if (facts is { } old)
        {
            // The folder is open: facts came from it.
            Compare(folder, entry, before!, new FolderEntry(entry.Name, old));
        }
        else
        {
            added.Add((folder.Delta.Path.Combine(entry.Name), entry.Facts));
        }
    }

    private void Compare(in DeltaFolder folder, in FolderEntry now, IFolder before, in FolderEntry old)
    {
        UnixPath path = folder.Delta.Path.Combine(now.Name);
        if (now.Facts.Kind != old.Facts.Kind)
        {
            removals.AddBelow(folder.Before!.Combine(now.Name)); // A folder that is open has a path.
            TellIfAny(ChangeKind.Modified, path, now.Facts, old.Facts, [TypeChange(old.Facts, now.Facts)]);
            return;
        }

        IFolder here = folder.Delta.Folder;
        FolderEntry entry = now;
        FolderEntry entryBefore = old;
        Meanwhile(() =>
        {
            bool isSame = difference.HasSameContent(here, entry, before, entryBefore);
            IEnumerable<string> details = difference.Metadata(here, entry, before, entryBefore);
            TellIfAny(isSame ? ChangeKind.Metadata : ChangeKind.Modified, path, entry.Facts, entryBefore.Facts, [.. isSame ? details : details.Prepend("content")]);
        });
    }

    private void TellAdded()
    {
        foreach (IGrouping<UnixPath, (UnixPath Path, FileFacts Facts)> group in added.GroupBy(static file => file.Path.Parent))
        {
            using IFolder? folder = delta.TryOpenFolder(group.Key);
            foreach ((UnixPath path, FileFacts facts) in group)
            {
                cancellation.ThrowIfCancellationRequested();
                TellAdded(folder, path, facts);
            }
        }
    }

    private void TellAdded(IFolder? folder, UnixPath path, FileFacts facts)
    {
        UnixPath? old = folder is null ? null : removals.Files.TryTake(facts, was => IsSame(folder, new FolderEntry(path.Name, facts), was));
        if (old is null)
        {
            Tell(ChangeKind.Added, path, null, facts);
        }
        else
        {
            found(like with { Change = ChangeKind.Renamed, Path = path, OldPath = old, Type = facts.Kind, SizeBefore = Size(facts), SizeAfter = Size(facts) });
        }
    }

    private bool IsSame(IFolder folder, FolderEntry entry, UnixPath was)
    {
        bool isSame = false;
        Meanwhile(() =>
        {
            using IFolder? before = tree.TryOpenFolder(was.Parent);
            isSame = before?.Find(was.Name) is { } facts && difference.HasSameContent(folder, entry, before, new FolderEntry(was.Name, facts));
        });
        return isSame;
    }

    // A guest that runs may take away what is being looked at.
    private static void Meanwhile(Action look)
    {
        try
        {
            look();
        }
        catch (Errors.TreeException gone) when (gone.Kind == Errors.ErrorKind.NotFound)
        {
            // It is no change any more.
        }
    }

    private FileFacts? Find(UnixPath path)
    {
        using IFolder? parent = tree.TryOpenFolder(path.Parent);
        return parent?.Find(path.Name);
    }

    private void TellIfAny(ChangeKind change, UnixPath path, in FileFacts now, in FileFacts before, string[] details)
    {
        if (details.Length > 0)
        {
            found(Describe(change, path, before, now) with { Detail = Join(details) });
        }
    }

    private void Tell(ChangeKind change, UnixPath path, FileFacts? before, FileFacts? now) => found(Describe(change, path, before, now));

    private FileChange Describe(ChangeKind change, UnixPath path, FileFacts? before, FileFacts? now) => like with
    {
        Change = change,
        Path = path,
        Type = (now ?? before)!.Value.Kind, // One of the two is there, or there would be no change.
        SizeBefore = Size(before),
        SizeAfter = Size(now),
    };

    private static long? Size(FileFacts? facts) => facts is { Kind: FileKind.Regular } file ? file.Size : null;

    private static string TypeChange(in FileFacts before, in FileFacts now) => $"type {before.Kind} -> {now.Kind}";

    private static string Join(string[] details) => string.Join(", ", details);
}
