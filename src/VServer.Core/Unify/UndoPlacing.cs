using VServer.Ports;

namespace VServer.Unify;

/// <summary>One thread's share of the second step of an undo: whole folders, so that no two threads change one.</summary>
internal sealed class UndoPlacing(ITreeHost trees, string tree, string staging, string guest, Journal journal) : IDisposable
{
    private readonly IFolder root = trees.OpenRoot(tree);
    private readonly RecentFolder stagingFolders = new(trees.OpenRoot(staging));

    /// <summary>What became of each copy: null when it is in place, else why it is not.</summary>
    public List<(PrivateCopy Copy, (SkipReason Reason, string Detail)? Failure)> Outcomes { get; } = [];

    /// <summary>Puts copies in place, and the times of their folders back.</summary>
    public void Place(IEnumerable<PrivateCopy> copies, CancellationToken cancellation)
    {
        using UndoPlacer placer = new(root, stagingFolders, guest, journal);
        foreach (PrivateCopy copy in copies)
        {
            cancellation.ThrowIfCancellationRequested();
            Outcomes.Add((copy, placer.Place(copy)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        root.Dispose();
        stagingFolders.Dispose();
    }
}
