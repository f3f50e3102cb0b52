using System.Text;
using System.Text.RegularExpressions;

namespace VServer.Linux.Tests.Unify.Invariants;

/// <summary>One name as programs of the system show it.</summary>
/// <param name="Guest">Whose it is.</param>
/// <param name="Path">The name in the guest.</param>
/// <param name="Look">Type, mode, owner, time, size, link target, attributes and digest: all that the guest sees of it.</param>
/// <param name="Inode">The inode's number.</param>
/// <param name="Changed">The inode's ctime.</param>
/// <param name="Sealed">True when it is immutable.</param>
internal sealed record TreeName(string Guest, string Path, string Look, string Inode, string Changed, bool Sealed)
{
    /// <summary>True for what unify is to share when it finds an equal.</summary>
    public bool MayBeShared => Look.StartsWith("f ", StringComparison.Ordinal) && !Look.Contains(" size 0 ", StringComparison.Ordinal) && !Path.StartsWith("etc/", StringComparison.Ordinal);
}

/// <summary>All names of the trees of a case at one time.</summary>
internal sealed partial class TreeViews
{
    private TreeViews(IReadOnlyList<TreeName> names) => Names = names;

    public IReadOnlyList<TreeName> Names { get; }

    public static TreeViews Read(TestStore store, IReadOnlyList<string> guests)
    {
        string trees = string.Join(' ', guests);
        string[] parts = store.Shell(
            $"find {trees} -type d -printf '%p\\0%y %m %U %G %T@\\0%i\\0%C@\\0' -o -printf '%p\\0%y %m %U %G %T@ size %s %l\\0%i\\0%C@\\0'; printf '\\0\\0'; "
            + $"find {trees} -type f -print0 | xargs -0r sha256sum -z; printf '\\0\\0'; find {trees} -type f -print0 | xargs -0r lsattr -d; printf '\\0\\0'; "
            + $"getfattr -R -h -d -e hex -m - {trees}",
            Encoding.Latin1).Split("\0\0");
        Dictionary<string, string> digests = parts[1].Split('\0', StringSplitOptions.RemoveEmptyEntries).ToDictionary(static line => line[66..], static line => line[..64]);
        HashSet<string> isSealed = [.. parts[2].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ', 2)).Where(static line => line[0].Contains('i', StringComparison.Ordinal)).Select(static line => line[1])];
        Dictionary<string, string> attributes = parts[3].Split("# file: ", StringSplitOptions.RemoveEmptyEntries).ToDictionary(FileOf, AttributesOf);
        return new([.. parts[0].Split('\0').Chunk(4).Select(field => Name(field, digests.GetValueOrDefault(field[0]), attributes.GetValueOrDefault(field[0]), isSealed.Contains(field[0])))]);
    }

    /// <summary>What the guests see, a line a name.</summary>
    public IEnumerable<string> Looks => Names.Select(static name => $"{name.Guest}/{name.Path} {name.Look}").Order(StringComparer.Ordinal);

    /// <summary>What even a rerun must not touch, a line a name.</summary>
    public IEnumerable<string> Inodes => Names.Select(static name => $"{name.Guest}/{name.Path} {name.Inode} {name.Changed}").Order(StringComparer.Ordinal);

    /// <summary>Which names of a guest are one inode, a line an inode.</summary>
    public IReadOnlyList<string> LinksIn(string guest) =>
        [.. Names.Where(name => name.Guest == guest).GroupBy(static name => name.Inode).Where(static names => names.Count() > 1)
            .Select(static names => string.Join(" = ", names.Select(static name => name.Path).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal)];

    private static TreeName Name(string[] field, string? digest, string? attributes, bool isSealed)
    {
        string[] path = $"{Escape(field[0])}/".Split('/', 2);
        return new(path[0], path[1].TrimEnd('/'), $"{field[1]} {digest} {attributes}", field[2], field[3], isSealed);
    }

    private static string Escape(string latin) => string.Concat(latin.Select(static letter => letter < 0x80 ? letter.ToString() : $"\\x{(int)letter:x}"));

    private static string AttributesOf(string block) => string.Join(' ', block.Split('\n').Skip(1).Where(static line => line.Length > 0).Order(StringComparer.Ordinal));

    // getfattr writes bytes that are no text in octal.
    private static string FileOf(string block) => Octal().Replace(block.Split('\n')[0], static match => ((char)Convert.ToInt32(match.Groups[1].Value, 8)).ToString());

    [GeneratedRegex(@"\\(\d{3})")]
    private static partial Regex Octal();
}
