using VServer.Ports;
using VServer.Unify;

namespace VServer.Packages;

/// <summary>
/// Which files apk takes for configuration: those it does not overwrite. They are told by rules, built in and in etc/apk/protected_paths.d/*.list
/// (apk-protected_paths(5), apk-tools' src/database.c): <c>+</c> or nothing protects, <c>!</c> too, <c>-</c> does not, <c>@</c> only symlinks, <c>#</c> is a
/// comment. A rule is a path of patterns, one for each name. The rule for the deepest folder, or for the file itself, decides; of those
/// as deep the last.
/// </summary>
internal sealed class ApkProtectedPaths
{
    private static readonly UnixPath Folder = UnixPath.Parse("etc/apk/protected_paths.d");

    // A rule is looked at for every file.
    private const int MostRules = 1000;

    private readonly List<(byte[][] Names, bool Protects)> rules = [];

    private ApkProtectedPaths() => Add("+etc\n@etc/init.d\n!etc/apk\n"u8);

    /// <summary>Reads the rules of a tree.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public static ApkProtectedPaths Read(IFolder root, string owner)
    {
        ApkProtectedPaths paths = new();
        using IFolder? folder = root.TryOpenFolder(Folder);
        foreach (FolderEntry entry in (folder?.Read() ?? []).Where(IsList).OrderBy(entry => entry.Name))
        {
            DatabaseFile file = new(owner, Folder.Combine(entry.Name));
            paths.Add(file.TryReadIn(folder!)); // Entries came out of it.
            if (paths.rules.Count > MostRules)
            {
                throw file.Invalid("has more rules than any real one");
            }
        }

        return paths;
    }

    /// <summary>True when apk would not overwrite this file.</summary>
    public bool Protects(UnixPath path)
    {
        bool isProtected = false;
        int deepest = 0;
        byte[][] names = Split(path.Bytes);
        foreach ((byte[][] patterns, bool protects) in rules)
        {
            if (patterns.Length >= deepest && patterns.Length <= names.Length && Matches(patterns, names))
            {
                deepest = patterns.Length;
                isProtected = protects;
            }
        }

        return isProtected;
    }

    private static bool IsList(FolderEntry entry) =>
        entry.Facts.Kind == FileKind.Regular && entry.Name.Bytes.EndsWith(".list"u8) && entry.Name.Bytes[0] != '.';

    private static bool Matches(byte[][] patterns, byte[][] names)
    {
        for (int i = 0; i < patterns.Length; i++)
        {
            if (!BytePattern.Matches(patterns[i], names[i], folderToo: false))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[][] Split(ReadOnlySpan<byte> path)
    {
        List<byte[]> names = [];
        foreach (Range part in path.Split((byte)'/'))
        {
            names.Add(path[part].ToArray());
        }

        return [.. names];
    }

    private void Add(ReadOnlySpan<byte> content)
    {
        foreach (Range range in content.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = content[range];
            bool hasMode = line.Length > 0 && line[0] is (byte)'+' or (byte)'-' or (byte)'@' or (byte)'!';
            ReadOnlySpan<byte> path = (hasMode ? line[1..] : line).Trim((byte)'/');
            if (line.Length > 0 && line[0] != '#' && !path.IsEmpty && path.Length <= ListedPath.LongestPath)
            {
                Add(path, protects: !hasMode || line[0] is (byte)'+' or (byte)'!');
            }
        }
    }

    // Sets of letters ([a-z]) are not read: they protect whatever stands there, and take protection from nothing.
    private void Add(ReadOnlySpan<byte> path, bool protects)
    {
        if (!path.Contains((byte)'['))
        {
            rules.Add((Split(path), protects));
        }
        else if (protects)
        {
            rules.Add((Split(path[..path.IndexOf((byte)'[')].ToArray().Append((byte)'*').ToArray()), true));
        }
    }
}
