using System.Collections.Frozen;
using VServer.Errors;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Accounting;

/// <summary>Who holds the files of a store, by number: 0 is the store itself, then the templates, then the guests, in ordinal order.</summary>
internal sealed class StoreHolders
{
    /// <summary>Number of the store itself.</summary>
    public const int Own = 0;

    /// <summary>What the store's own files are listed under; no guest can have the name.</summary>
    public const string OwnName = ".vserver";

    private readonly string[] names;
    private readonly string?[] groups;
    private readonly FrozenSet<UnixPath> elsewhere;

    private StoreHolders(string[] names, string?[] groups, int templates)
    {
        this.names = names;
        this.groups = groups;
        Templates = templates;
        elsewhere = names.Skip(1).SelectMany(static name => new[] { UnixPath.Parse(name), UnixPath.Parse($".vserver/delta/{name}") }).ToFrozenSet();
    }

    /// <summary>How many there are.</summary>
    public int Count => names.Length;

    /// <summary>How many of them are templates.</summary>
    public int Templates { get; }

    /// <summary>A holder's name.</summary>
    public string NameOf(int holder) => names[holder];

    /// <summary>True when two may share inodes. The store's own copies are on their way into a guest, and a group nobody can read is not judged.</summary>
    public bool MayShare(int left, int right) => groups[left] is null || groups[right] is null || groups[left] == groups[right];

    /// <summary>True for paths of the store that are the store's own.</summary>
    public bool IsOwn(UnixPath path) => !elsewhere.Contains(path);

    /// <summary>Finds those that have a tree in the store, on its own mount.</summary>
    public static StoreHolders Find(Store store, ITreeHost trees)
    {
        using IFolder root = trees.OpenRoot(store.Path);
        string[] templates = [.. store.TemplateNames().Where(name => HasTree(root, name))];
        string[] guests = [.. store.GuestNames().Where(name => HasTree(root, name))];
        string?[] groups =
        [
            null,
            .. templates.Select(name => GroupOf(() => store.TryReadTemplate(name)?.TrustGroup)),
            .. guests.Select(name => GroupOf(() => store.TryReadGuest(name)?.TrustGroup)),
        ];
        return new StoreHolders([OwnName, .. templates, .. guests], groups, templates.Length);
    }

    private static bool HasTree(IFolder root, string name)
    {
        using IFolder? tree = root.TryOpenFolder(UnixPath.Parse(name));
        return tree is not null && tree.Facts.MountId == root.Facts.MountId;
    }

    // A configuration that cannot be read is told by whoever needs it; sizes are known without.
    private static string? GroupOf(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (VServerException)
        {
            return null;
        }
    }
}
