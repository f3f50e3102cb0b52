using System.Buffers;
using System.Text;

namespace VServer.Packages;

/// <summary>
/// Reads apk's list of what is installed (apk-installed(5)): a paragraph a package, a line a field, one letter and a colon before the value.
/// <c>P</c> name, <c>V</c> version, <c>A</c> architecture; <c>F</c> a folder without leading slash, <c>R</c> a file in the folder named last. Owners and
/// modes (<c>M</c>, <c>a</c>), digests (<c>Z</c>) and all else are not needed here.
/// </summary>
internal static class ApkInstalled
{
    private static readonly SearchValues<byte> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._~:@"u8);

    /// <summary>All packages, in the file's order.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public static IReadOnlyList<ApkPackage> Parse(DatabaseFile file, ReadOnlyMemory<byte> content)
    {
        List<ApkPackage> packages = [];
        int line = 1;
        while (!content.IsEmpty)
        {
            int end = content.Span.IndexOf("\n\n"u8);
            ReadOnlyMemory<byte> paragraph = end < 0 ? content : content[..(end + 1)];
            if (paragraph.Span.ContainsAnyExcept((byte)'\n'))
            {
                packages.Add(Make(file, paragraph, line));
            }

            content = end < 0 ? default : content[(end + 2)..];
            line += paragraph.Span.Count((byte)'\n') + 1;
        }

        return packages;
    }

    /// <summary>The folders and files of a package.</summary>
    public static IReadOnlyList<UnixPath> FilesOf(ApkPackage package, PathBudget budget)
    {
        List<UnixPath> paths = [];
        ReadOnlySpan<byte> folder = default;
        foreach (Range range in package.Paragraph.Span.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = package.Paragraph.Span[range];
            if (!line.StartsWith("F:"u8) && !line.StartsWith("R:"u8))
            {
                continue;
            }

            bool isFolder = line[0] == 'F';
            folder = isFolder ? line[2..] : folder;
            budget.Spend();
            if (Take(folder, isFolder ? [] : line[2..]) is { } path)
            {
                paths.Add(path);
            }
        }

        return paths;
    }

    // A name that is a path would be another folder's.
    private static UnixPath? Take(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || folder.IsEmpty)
        {
            return name.Contains((byte)'/') ? null : ListedPath.TryTake(name.IsEmpty ? folder : name);
        }

        return name.Contains((byte)'/') || ListedPath.TryTake(folder) is not { } parent || ListedPath.TryTake(name) is not { } own
            ? null
            : ListedPath.TryTake(parent.Combine(own).Bytes);
    }

    private static ApkPackage Make(DatabaseFile file, ReadOnlyMemory<byte> paragraph, int line) => new(
        new InstalledPackage(
            Take(file, paragraph.Span, "P:"u8, line) ?? throw file.Invalid(line, "a package begins that has no name (P:)"),
            Take(file, paragraph.Span, "V:"u8, line) ?? throw file.Invalid(line, "a package begins that has no version (V:)"),
            Take(file, paragraph.Span, "A:"u8, line) ?? "noarch"),
        paragraph);

    private static string? Take(DatabaseFile file, ReadOnlySpan<byte> paragraph, ReadOnlySpan<byte> field, int line)
    {
        foreach (Range range in paragraph.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> text = paragraph[range];
            if (text.StartsWith(field))
            {
                return text.Length > field.Length && !text[field.Length..].ContainsAnyExcept(Allowed)
                    ? Encoding.ASCII.GetString(text[field.Length..])
                    : throw file.Invalid(line, "a package begins whose name, version or architecture is empty or has bytes that it cannot have");
            }
        }

        return null;
    }
}
