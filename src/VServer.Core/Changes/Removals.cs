using VServer.Accounting;
using VServer.Ports;

namespace VServer.Changes;

/// <summary>Gathers what is there no more of a tree, name by name.</summary>
internal sealed class Removals(IFolder tree, CancellationToken cancellation)
{
    /// <summary>Folders of the tree that go on elsewhere, with all that is in them.</summary>
    public HashSet<UnixPath> Moved { get; } = [];

    /// <summary>What was gathered.</summary>
    public RemovedFiles Files { get; } = new();

    /// <summary>Adds a file, or a folder with what is below it.</summary>
    public void Add(UnixPath path, in FileFacts facts)
    {
        if (Moved.Contains(path))
        {
            return;
        }

        Files.Add(path, facts);
        if (facts.Kind == FileKind.Folder)
        {
            AddBelow(path);
        }
    }

    /// <summary>Adds what is below a folder; nothing when the path is no folder of the tree.</summary>
    public void AddBelow(UnixPath path)
    {
        using IFolder? top = tree.TryOpenFolder(path);
        if (top is null)
        {
            return;
        }

        foreach (WalkedFolder folder in TreeWalk.Through(top, below => !Moved.Contains(path.Combine(below)), cancellation))
        {
            foreach (FolderEntry entry in folder.Entries)
            {
                UnixPath full = path.Combine(folder.Path.Combine(entry.Name));
                if (!Moved.Contains(full))
                {
                    Files.Add(full, entry.Facts);
                }
            }
        }
    }

    /// <summary>Adds what a folder hides: all that was in it but the names that are in it now.</summary>
    public void AddHidden(UnixPath path, IFolder before, IReadOnlyList<FolderEntry> now)
    {
        HashSet<UnixPath> kept = [.. now.Select(static entry => entry.Name)];
        foreach (FolderEntry entry in before.Read().Where(entry => !kept.Contains(entry.Name)))
        {
            Add(path.Combine(entry.Name), entry.Facts);
        }
    }
}
