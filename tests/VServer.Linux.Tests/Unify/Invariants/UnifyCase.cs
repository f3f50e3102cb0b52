using VServer.Unify;

namespace VServer.Linux.Tests.Unify.Invariants;

/// <summary>Random trees and how they are unified.</summary>
internal sealed record UnifyCase(int Guests, UnifyScope Scope, UnifyGuard Guard, IReadOnlyList<TreeItem> Items)
{
    public static readonly IReadOnlyList<string> Names = ["ref", "a", "b"];

    /// <summary>The guests, the reference first.</summary>
    public IReadOnlyList<string> All => [.. Names.Take(Guests)];

    /// <summary>The request: by content there is no reference.</summary>
    public UnifyRequest Request => Scope == UnifyScope.Content
        ? new() { Guests = All, Scope = Scope, Guard = Guard }
        : new() { Reference = Names[0], Guests = [.. All.Skip(1)], Scope = Scope, Guard = Guard };

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(", ", All)} by {Scope}, guard {Guard}:\n{string.Join('\n', Items)}\n";

    /// <summary>The names of one guest's tree, with the folders that they need; "" is its root.</summary>
    public SortedDictionary<string, TreeItem> Tree(int guest)
    {
        SortedDictionary<string, TreeItem> tree = new(StringComparer.Ordinal) { [""] = Folder("") };
        foreach (TreeItem item in Items.Where(item => item.IsIn(guest)))
        {
            TryPut(tree, item);
        }

        foreach (TreeItem hard in tree.Values.Where(item => item.Kind == ItemKind.Hard && tree.GetValueOrDefault(item.Value)?.Kind != ItemKind.File).ToList())
        {
            tree.Remove(hard.Path);
        }

        return tree;
    }

    private static void TryPut(SortedDictionary<string, TreeItem> tree, TreeItem item)
    {
        List<string> above = [.. Enumerable.Range(1, item.Path.Length - 1).Where(end => item.Path[end] == '/').Select(end => item.Path[..end])];
        bool isFolder = item.Kind == ItemKind.Folder;
        if (above.Any(path => tree.TryGetValue(path, out TreeItem? found) && found.Kind != ItemKind.Folder)
            || (tree.TryGetValue(item.Path, out TreeItem? there) && (there.Kind == ItemKind.Folder) != isFolder))
        {
            return;
        }

        above.ForEach(path => tree.TryAdd(path, Folder(path)));
        tree[item.Path] = item;
    }

    private static TreeItem Folder(string path) => new(0, path, ItemKind.Folder, "", ItemLooks.Plain);
}
