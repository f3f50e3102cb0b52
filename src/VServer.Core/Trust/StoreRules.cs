using VServer.Accounting;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Trust;

/// <summary>Tests the files of one tree against the rules of the store.</summary>
internal sealed class StoreRules(TestRequest request, string store, PathRules rules, MixedInodes mixed, LeftOvers leftOvers, bool hasCopyOnWrite)
{
    /// <summary>Walks the tree.</summary>
    public void Test(IFolder root, CancellationToken cancellation)
    {
        WorkMeter meter = new(request.Progress, 0);
        foreach (WalkedFolder folder in TreeWalk.Through(root, descends: null, cancellation))
        {
            foreach (FolderEntry entry in folder.Entries.Where(static entry => entry.Facts.Kind != FileKind.Folder))
            {
                Test(folder.Path.Combine(entry.Name), entry);
            }

            meter.Add(folder.Entries.Count, 0, folder.Path);
        }
    }

    private void Test(UnixPath path, in FolderEntry entry)
    {
        if (leftOvers.IsLeftOver(entry.Name))
        {
            Tell(FindingKind.TemporaryLeft, path, entry.Facts.LinkCount > 1
                ? "A name that an interrupted run gave to a file; the file has others."
                : "It is named as the temporaries of interrupted runs are, but it is the file's only name. Remove it by hand when it is not the guest's own.");
        }

        if (mixed.OthersOf(entry.Facts, request.Name) is { Length: > 0 } others)
        {
            Tell(FindingKind.OtherTrustGroup, path, $"The inode is shared with {others}.");
        }

        if (IsUnguarded(path, entry.Facts))
        {
            Tell(FindingKind.GuardMissing, path, hasCopyOnWrite
                ? "The file is shared and not sealed."
                : "The file is shared and not sealed, and guests have no copy-on-write root on this file system.");
        }
    }

    private bool IsUnguarded(UnixPath path, in FileFacts facts) =>
        facts is { Kind: FileKind.Regular, LinkCount: > 1 }
        && !facts.Flags.HasFlag(InodeFlags.Immutable)
        && (request.Guard.HasFlag(UnifyGuard.Immutable) || !hasCopyOnWrite)
        && rules.Allows(path);

    private void Tell(FindingKind kind, UnixPath path, string detail) =>
        request.Found(new Finding { Guest = request.Name, Store = store, Kind = kind, Path = path, Detail = detail });
}
