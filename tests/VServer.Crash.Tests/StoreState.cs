namespace VServer.Crash.Tests;

/// <summary>Everything that is in the trees of a store, and the names of the host's own files.</summary>
internal sealed class StoreState
{
    private readonly List<Entry> entries;

    private StoreState(IEnumerable<string> lines, IReadOnlyList<string> hostFiles)
    {
        entries = [.. lines.Select(Entry.Parse).OrderBy(entry => entry.Path, StringComparer.Ordinal)];
        HostFiles = hostFiles;
    }

    /// <summary>Files of the host that no run leaves behind: journals, staging folders, half-written configurations.</summary>
    public IReadOnlyList<string> HostFiles { get; }

    /// <summary>Looks.</summary>
    public static StoreState Of(string folder)
    {
        string[] trees = [.. Directory.GetDirectories($"{folder}/store").Where(tree => !Path.GetFileName(tree).StartsWith('.')).Order(StringComparer.Ordinal)];
        string shown = trees.Length == 0 ? "" : Programs.Run(Programs.View, "/", trees);
        string own = $"{folder}/store/.vserver";
        string[] left = [.. Directory.EnumerateFileSystemEntries(own, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(own, path))
            .Where(path => path.StartsWith("journal/", StringComparison.Ordinal) || path.EndsWith(".tmp", StringComparison.Ordinal))];
        return new StoreState(shown.Split('\n', StringSplitOptions.RemoveEmptyEntries), left);
    }

    /// <summary>What guests see, but for trees that are left out and names made for a moment.</summary>
    public string Seen(Func<string, bool> tree) =>
        string.Join('\n', entries.Where(entry => !entry.IsTemporary && tree(TreeOf(entry))).Select(static entry => entry.Seen));

    /// <summary>All there is: what guests see, which names are one inode, and how it is guarded; whatever the inodes' numbers are.</summary>
    /// <param name="scenario">The work.</param>
    /// <param name="strictness">What is left out.</param>
    public string Whole(Scenario scenario, Strictness strictness)
    {
        Dictionary<string, string> first = [];
        foreach (Entry entry in entries)
        {
            first.TryAdd(entry.Inode, entry.Path);
        }

        return string.Join('\n', entries.Select(entry => scenario.IsNew(entry.Path)
            ? $"{entry.Path} {entry.Kind}"
            : strictness.Sharing && !scenario.IsSplit(entry.Path)
                ? $"{entry.Seen} {Time(entry)} {(entry.Kind == "d" ? "" : entry.Links)} {entry.Flags} {first[entry.Inode]}"
                : $"{entry.Seen} {Time(entry)} {(strictness.Sharing && scenario.Target is null ? entry.Flags : "")}"));

        string Time(Entry entry) => entry.Kind != "d" || strictness.FolderTimes ? entry.Time : "";
    }

    private static string TreeOf(Entry entry) => entry.Path.Split('/')[0];
}
