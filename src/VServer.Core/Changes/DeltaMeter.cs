using VServer.Accounting;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Changes;

/// <summary>Counts what a delta takes.</summary>
internal static class DeltaMeter
{
    /// <summary>Counts a guest's, also while the guest writes to it.</summary>
    /// <returns>Names that are no folders, and bytes on disk as du counts them.</returns>
    public static (long Files, long Bytes) Measure(Store store, ITreeHost trees, string name, CancellationToken cancellation)
    {
        string upper = store.Place(name).Upper;
        if (!store.Host.FolderExists(upper))
        {
            return (0, 0);
        }

        using IFolder delta = trees.OpenRoot(upper);
        HashSet<InodeKey> linked = [];
        long files = 0;
        long bytes = 0;
        foreach (WalkedFolder folder in TreeWalk.Through(delta, descends: null, cancellation))
        {
            bytes += folder.Folder.Facts.AllocatedBytes;
            foreach (FolderEntry entry in folder.Entries.Where(static entry => entry.Facts.Kind != FileKind.Folder))
            {
                files++;
                bytes += entry.Facts.LinkCount == 1 || linked.Add(entry.Facts.Key) ? entry.Facts.AllocatedBytes : 0;
            }
        }

        return (files, bytes);
    }
}
