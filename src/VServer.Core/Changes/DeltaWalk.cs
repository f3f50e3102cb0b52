using VServer.Accounting;
using VServer.Ports;

namespace VServer.Changes;

/// <summary>Goes through a delta and knows of each folder which one of the tree it continues.</summary>
internal sealed class DeltaWalk(IFolder delta, IDeltaReader reader, CancellationToken cancellation)
{
    /// <summary>Finds out what was renamed, which must be known before anything can be said of the rest.</summary>
    /// <param name="moved">Gets the folders of the tree that go on elsewhere.</param>
    public void Prepare(HashSet<UnixPath> moved)
    {
        int known;
        bool hasBack;
        do
        {
            known = moved.Count;
            hasBack = false;
            foreach (DeltaFolder folder in Through(moved))
            {
                hasBack |= folder.IsBack;
                if (folder is { IsMoved: true, Before: { } from })
                {
                    moved.Add(from);
                }
            }

            // What seemed back where it was isn't, if the folder above it turned out to be a new one of the name.
        }
        while (hasBack && moved.Count > known);
    }

    /// <summary>Every folder of the delta, those above first.</summary>
    public IEnumerable<DeltaFolder> Through(IReadOnlySet<UnixPath> moved)
    {
        Dictionary<UnixPath, (UnixPath? Before, bool IsHiding)> known = [];
        foreach (WalkedFolder folder in TreeWalk.Through(delta, descends: null, cancellation))
        {
            DeltaFolder found = folder.Path.IsRoot
                ? new DeltaFolder(folder, UnixPath.Root, IsHiding: false, IsMoved: false, Covered: null)
                : Understand(folder, known[folder.Path.Parent].Before, known[folder.Path.Parent].IsHiding, moved);
            known[folder.Path] = (found.Before, found.IsHiding);
            yield return found;
        }
    }

    private DeltaFolder Understand(in WalkedFolder folder, UnixPath? above, bool isHiding, IReadOnlySet<UnixPath> moved)
    {
        FolderMark mark = reader.ReadMark(folder.Folder);
        UnixPath? there = above?.Combine(folder.Path.Name);
        UnixPath? from = mark.MovedFrom is null || mark.IsFromTop ? mark.MovedFrom : above?.Combine(mark.MovedFrom);
        if (from is not null && from == there)
        {
            return new DeltaFolder(folder, there, IsHiding: false, IsMoved: false, Covered: null) { IsBack = true };
        }

        there = there is not null && moved.Contains(there) ? null : there;
        return from is not null
            ? new DeltaFolder(folder, from, IsHiding: false, IsMoved: true, there)
            : new DeltaFolder(folder, there, isHiding || mark.IsOpaque, IsMoved: false, Covered: null);
    }
}
