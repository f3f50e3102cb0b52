using VServer.Ports;

namespace VServer.Unify;

/// <summary>What the threads of one run over contents have in common.</summary>
internal sealed class ContentRun(UnifyRequest request, ITreeHost trees, IReadOnlyList<UnifyGuest> guests, IReadOnlyList<ContentListing> listings, DigestMemory memory, Journal? journal)
{
    private readonly Lock gate = new();
    private readonly HashSet<(int Guest, int Folder)> changed = [];

    public UnifyRequest Request { get; } = request;

    public ITreeHost Trees { get; } = trees;

    public IReadOnlyList<UnifyGuest> Guests { get; } = guests;

    /// <summary>Digests of files that were read before.</summary>
    public DigestMemory Memory { get; } = memory;

    public Journal? Journal { get; } = journal;

    /// <summary>True when an inode may get and give names: none of its guests keeps inodes of its own.</summary>
    public bool TakesLinks(ContentInode inode) => inode.Names.TrueForAll(name => Guests[name.Guest].TakesLinks);

    /// <summary>Where a name's folder is in its guest.</summary>
    public UnixPath FolderOf(in ContentName name) => listings[name.Guest].Folders[name.Folder].Path;

    /// <summary>Where a name is in its guest.</summary>
    public UnixPath PathOf(in ContentName name) => FolderOf(name).Combine(name.Name);

    /// <summary>Puts into the plan, where one is made, that names of an inode are to get what another has.</summary>
    public void Plan(ContentInode inode, ContentInode kept)
    {
        if (Request.Plan is { } plan)
        {
            PlannedFile reference = Side(kept, kept.Names[0]);
            inode.Names.ForEach(name => plan(PlanMaker.Entry(Side(inode, name), reference)));
        }
    }

    /// <summary>Says that a folder is about to be changed.</summary>
    public void BeginChange(in ContentName name)
    {
        // Nobody changes a folder before its time is written down.
        lock (gate)
        {
            if (changed.Contains((name.Guest, name.Folder)))
            {
                return;
            }

            (UnixPath path, FileTime modified) = listings[name.Guest].Folders[name.Folder];
            Journal?.Entering(Guests[name.Guest].Name, path, modified);
            changed.Add((name.Guest, name.Folder));
        }
    }

    private PlannedFile Side(ContentInode inode, in ContentName name) => new(Guests[name.Guest].Name, PathOf(name), inode.Facts);

    /// <summary>Puts the times of all changed folders back, when no thread works any more.</summary>
    public void RestoreTimes()
    {
        foreach (IGrouping<int, int> folders in changed.GroupBy(static key => key.Guest, static key => key.Folder))
        {
            using IFolder root = Trees.OpenRoot(Guests[folders.Key].Tree);
            foreach (int index in folders)
            {
                (UnixPath path, FileTime modified) = listings[folders.Key].Folders[index];
                using IFolder? folder = root.TryOpenFolder(path);
                folder?.SetModified(modified);
            }
        }
    }
}
