using VServer.Accounting;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Inodes with several names, one of which is where nothing is shared: whoever writes there, as he may, would write into what others share.
/// </summary>
internal sealed class ExcludedInodes
{
    private readonly Dictionary<InodeKey, UnixPath> names = [];

    /// <summary>Those of a tree, of whose folders only the ones are walked that rules leave out as a whole.</summary>
    public static ExcludedInodes Below(IFolder root, PathRules rules, CancellationToken cancellation)
    {
        ExcludedInodes found = new();
        foreach (WalkedFolder folder in TreeWalk.Through(root, rules.LeavesOutOf, cancellation))
        {
            foreach (FolderEntry entry in folder.Entries.Where(static entry => entry.Facts is { Kind: FileKind.Regular, LinkCount: > 1 }))
            {
                UnixPath path = folder.Path.Combine(entry.Name);
                if (!rules.Allows(path))
                {
                    found.Add(path, entry.Facts);
                }
            }
        }

        return found;
    }

    /// <summary>Remembers an inode for a name of it that may not be shared.</summary>
    public void Add(UnixPath path, in FileFacts facts)
    {
        if (facts.LinkCount > 1)
        {
            names.TryAdd(facts.Key, path);
        }
    }

    /// <summary>Takes in what another walk found.</summary>
    public void Add(ExcludedInodes others)
    {
        foreach ((InodeKey key, UnixPath path) in others.names)
        {
            names.TryAdd(key, path);
        }
    }

    /// <summary>A name of the inode that may not be shared; null when there is none.</summary>
    public UnixPath? Find(in FileFacts facts) => facts.LinkCount > 1 ? names.GetValueOrDefault(facts.Key) : null;

    /// <summary>That name in words.</summary>
    public static string Detail(UnixPath name) => $"the same file is '{name}', which is left out";
}
