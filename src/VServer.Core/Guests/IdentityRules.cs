using System.Text;
using VServer.Ports;

namespace VServer.Guests;

/// <summary>The files that tell one system from another: what a copy gets written anew, what it does without, what it gets empty.</summary>
internal sealed class IdentityRules
{
    private readonly List<IdentityRule> rules = [];
    private readonly Dictionary<UnixPath, IdentityFile> files = [];

    /// <summary>Rules of sets of which the first has the say.</summary>
    public IdentityRules(IEnumerable<IdentitySet> sets)
    {
        foreach (IdentitySet set in sets)
        {
            Add(set.Keep, null);
            foreach (IdentityFile file in set.Write.Where(file => files.TryAdd(UnixPath.Parse(file.Path), file)))
            {
                Add([file.Path], CopyAction.Written);
            }

            Add(set.LeaveOut, CopyAction.LeftOut);
            Add(set.Empty, CopyAction.Emptied);
        }
    }

    /// <summary>The rules for copies of a tree: the store's own first, then the built-in ones, as far as they are for its distribution.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.IdentityListInvalid"/>.</exception>
    public static IdentityRules For(Store store, IFolder tree)
    {
        IReadOnlySet<string> system = Distribution.Read(tree);
        IEnumerable<IdentitySet> own = IdentityListReader.TryRead(store)?.Sets ?? [];
        return new IdentityRules(own.Concat(IdentityListReader.BuiltIn.Sets).Where(set => set.IsFor(system)));
    }

    /// <summary>The rules that can match an entry of a folder, for <see cref="Ask"/>; none for nearly all folders.</summary>
    public IReadOnlyList<IdentityRule> In(UnixPath folder) => rules.FindAll(rule => rule.ReachesInto(folder));

    /// <summary>What a copy gets in place of an entry; null for what any other entry gets.</summary>
    public static CopyAction? Ask(IReadOnlyList<IdentityRule> inFolder, UnixPath path, FileKind kind)
    {
        foreach (IdentityRule rule in inFolder)
        {
            if (rule.Matches(path) && (rule.Action != CopyAction.Emptied || kind == FileKind.Regular))
            {
                return rule.Action;
            }
        }

        return null;
    }

    /// <summary>True for what a copy does not take from the original as it is, but for logs.</summary>
    public bool IsLeftOut(UnixPath path, FileKind kind) => Ask(rules, path, kind) is CopyAction.LeftOut or CopyAction.Written;

    /// <summary>Files that a copy gets written anew.</summary>
    /// <param name="present">Paths that the original has.</param>
    public IReadOnlyList<UnixPath> ToWrite(IReadOnlySet<UnixPath> present) =>
        [.. files.Where(file => Applies(file.Key) && (!file.Value.OnlyIfPresent || present.Contains(file.Key))).Select(static file => file.Key)];

    /// <summary>Files that a copy gets written anew when the original is looked at for each.</summary>
    public IReadOnlyList<UnixPath> ToWrite(IFolder original) => ToWrite(files.Keys.Where(path => Has(original, path)).ToHashSet());

    /// <summary>Writes what a tree gets anew; the tree has none of it yet.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="paths">What <see cref="ToWrite(IReadOnlySet{UnixPath})"/> gave.</param>
    /// <param name="identity">Who it is.</param>
    /// <param name="writeBack">Begins to write it out.</param>
    public void Write(IFolder root, IEnumerable<UnixPath> paths, GuestIdentity identity, IWriteBack? writeBack = null)
    {
        foreach (UnixPath path in paths)
        {
            IdentityFile file = files[path];
            using IFolder folder = root.OpenOrCreateFolder(path.Parent, 0b111_101_101);
            folder.WriteNewFile(path.Name, Convert.ToUInt32(file.Mode, 8), Encoding.UTF8.GetBytes(file.For(identity)), writeBack);
        }
    }

    /// <summary>Puts another host name into a guest's files that tell the one known so far, and that nobody has changed since.</summary>
    public static void FollowHostName(Store store, ITreeHost trees, GuestConfig before, string hostName)
    {
        using IFolder root = trees.OpenRoot(store.TreePath(before.Name));
        For(store, root).Rename(root, new GuestIdentity(before.HostName, ""), new GuestIdentity(hostName, ""));
    }

    private void Rename(IFolder root, GuestIdentity before, GuestIdentity after)
    {
        foreach ((UnixPath path, IdentityFile file) in files.Where(pair => pair.Value.TellsHostName && Applies(pair.Key)))
        {
            using IFolder? folder = root.TryOpenFolder(path.Parent);
            folder?.ReplaceContent(path.Name, Encoding.UTF8.GetBytes(file.For(before)), Encoding.UTF8.GetBytes(file.For(after)));
        }
    }

    // Not when an earlier rule keeps the file, leaves it out or empties it.
    private bool Applies(UnixPath path) => Ask(rules, path, FileKind.Regular) == CopyAction.Written;

    private static bool Has(IFolder root, UnixPath path)
    {
        using IFolder? folder = root.TryOpenFolder(path.Parent);
        return folder?.Find(path.Name) is not null;
    }

    private void Add(IEnumerable<string> patterns, CopyAction? action) =>
        rules.AddRange(patterns.Select(pattern => new IdentityRule(Encoding.UTF8.GetBytes(pattern.TrimStart('/')), action)));
}
