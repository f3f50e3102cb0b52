using VServer.Accounting;
using VServer.Errors;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Trust;

/// <summary>Inodes that guests or templates of different trust groups have names of. A store with one group has none, and is not walked.</summary>
internal sealed class MixedInodes
{
    private readonly Dictionary<InodeKey, List<string>> holders = [];
    private readonly Dictionary<string, string> groups = [];

    /// <summary>Walks the store where that is needed.</summary>
    public MixedInodes(Store store, ITreeHost trees, CancellationToken cancellation)
    {
        foreach (string name in store.TemplateNames().Concat(store.GuestNames()).Where(name => store.Host.FolderExists(store.TreePath(name))))
        {
            if (GroupOf(store, name) is { } group)
            {
                groups[name] = group;
            }
        }

        IEnumerable<string> walked = groups.Values.Distinct().Count() > 1 ? groups.Keys : [];
        foreach (string name in walked)
        {
            using IFolder root = trees.OpenRoot(store.TreePath(name));
            Walk(root, name, cancellation);
        }
    }

    /// <summary>Those of other groups that have a name of the inode, with their groups; empty when all is well.</summary>
    public string OthersOf(in FileFacts facts, string name) =>
        facts.LinkCount > 1 && groups.TryGetValue(name, out string? own) && holders.TryGetValue(facts.Key, out List<string>? names)
            ? string.Join(", ", names.Where(other => groups[other] != own).Select(other => $"'{other}' of '{groups[other]}'"))
            : "";

    private void Walk(IFolder root, string name, CancellationToken cancellation)
    {
        foreach (FolderEntry entry in TreeWalk.Through(root, descends: null, cancellation).SelectMany(static folder => folder.Entries))
        {
            if (entry.Facts.Kind == FileKind.Folder || entry.Facts.LinkCount < 2)
            {
                continue;
            }

            InodeKey key = entry.Facts.Key;
            if (!holders.TryGetValue(key, out List<string>? names))
            {
                holders.Add(key, names = []);
            }

            if (names.Count == 0 || names[^1] != name)
            {
                names.Add(name);
            }
        }
    }

    private static string? GroupOf(Store store, string name)
    {
        try
        {
            return store.TryReadGuest(name)?.TrustGroup ?? store.TryReadTemplate(name)?.TrustGroup;
        }
        catch (VServerException)
        {
            // A finding of its own.
            return null;
        }
    }
}
