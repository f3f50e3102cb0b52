using VServer.Guests;

namespace VServer.Unify;

/// <summary>
/// Removes a tree that may share sealed inodes with others. The kernel lets no name of a sealed inode go, so the guard is lifted for a
/// moment, and a journal says so first.
/// </summary>
internal sealed class TreeRemoval(Store store)
{
    /// <summary>Removes it; nothing happens when it is missing.</summary>
    /// <param name="name">The guest or template whose tree it is.</param>
    /// <param name="path">Absolute path of the tree.</param>
    /// <param name="cancellation">Leaves the rest.</param>
    public void Run(string name, string path, CancellationToken cancellation)
    {
        Journal? journal = null;
        try
        {
            store.Host.DeleteTree(
                path,
                handles =>
                {
                    journal ??= Journal.Begin(store, [name]);
                    foreach (byte[] handle in handles)
                    {
                        journal.Lifting(handle, always: true);
                    }

                    journal.Flush();
                },
                cancellation);
            journal?.Complete();
        }
        finally
        {
            journal?.Dispose();
        }
    }
}
