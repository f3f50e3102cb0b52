using VServer.Ports;

namespace VServer.Unify;

/// <summary>One thread's share of an undo.</summary>
internal sealed class UndoWorker : IDisposable
{
    private readonly UndoSite site;
    private readonly IFolder root;
    private readonly IFolder staging;
    private readonly RecentFolder sources;
    private readonly UndoCopier copier;

    /// <summary>Opens the trees for this thread.</summary>
    public UndoWorker(UndoSite site, ITreeHost trees)
    {
        this.site = site;
        root = trees.OpenRoot(site.Tree);
        staging = trees.OpenRoot(site.Staging);
        sources = new RecentFolder(trees.OpenRoot(site.Tree));
        copier = new UndoCopier(sources, staging, site);
    }

    /// <summary>What became of inodes: null when all names wanted are of the copy now, else why they are not.</summary>
    public List<(SharedInode Inode, (SkipReason Reason, string Detail)? Failure)> Outcomes { get; } = [];

    /// <summary>Copies inodes into the staging folder.</summary>
    public void Copy(UndoBatch batch, Action<SharedInode> done, CancellationToken cancellation) =>
        Outcomes.AddRange(copier.Copy(batch, done, cancellation));

    /// <summary>Puts copies, which are on disk, in place, and the times of their folders back.</summary>
    public void Place(UndoBatch batch, CancellationToken cancellation)
    {
        if (batch.Copies.Count == 0)
        {
            return;
        }

        using IFolder copies = staging.TryOpenFolder(batch.Name)!; // The run's own.
        using UndoPlacer placer = new(root, copies, site);
        foreach (PrivateCopy copy in batch.Copies)
        {
            cancellation.ThrowIfCancellationRequested();
            Outcomes.Add((copy.Inode, placer.Place(copy)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sources.Dispose();
        staging.Dispose();
        root.Dispose();
    }
}
