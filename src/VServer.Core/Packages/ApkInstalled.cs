using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace VServer.Packages;

/// <summary>
/// Reads apk's list of what is installed (apk-installed(5)): a paragraph a package, a line a field, one letter and a colon before the value.
/// <c>P</c> name, <c>V</c> version, <c>A</c> architecture; <c>F</c> a folder without leading slash, <c>R</c> a file in the folder named last, <c>Z</c> its
/// digest: <c>Q1</c> before a SHA-1, <c>Q2</c> before a SHA-256, in base64. Owners and modes (<c>M</c>, <c>a</c>) and all else are not needed here.
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
        Read(package, budget, (path, _) => paths.Add(path), static _ => { });
        return paths;
    }

    /// <summary>The digests of a package's files and symlinks, those that can be read.</summary>
    public static IReadOnlyList<FileDigest> DigestsOf(ApkPackage package, PathBudget budget)
    {
        List<FileDigest> digests = [];
        UnixPath? last = null;
        Read(
            package,
            budget,
            (path, isFolder) => last = isFolder ? null : path,
            text =>
            {
                if (last is not null && TakeDigest(last, package.Paragraph.Span[text]) is { } digest)
                {
                    digests.Add(digest);
                }
            });
        return digests;
    }

    // What cannot be a path has no digest either.
    private static void Read(ApkPackage package, PathBudget budget, Action<UnixPath, bool> take, Action<Range> takeDigest)
    {
        ReadOnlySpan<byte> text = package.Paragraph.Span;
        ReadOnlySpan<byte> folder = default;
        bool isTaken = false;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            if (line.StartsWith("Z:"u8) && isTaken)
            {
                takeDigest(new Range(range.Start.Value + 2, range.End));
            }

            if (!line.StartsWith("F:"u8) && !line.StartsWith("R:"u8))
            {
                continue;
            }

            bool isFolder = line[0] == 'F';
            folder = isFolder ? line[2..] : folder;
            budget.Spend();
            UnixPath? path = Take(folder, isFolder ? [] : line[2..]);
            isTaken = path is not null;
            if (path is not null)
            {
                take(path, isFolder);
            }
        }
    }

    private static FileDigest? TakeDigest(UnixPath path, ReadOnlySpan<byte> text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        bool isShort = text.StartsWith("Q1"u8);
        if (!isShort && !text.StartsWith("Q2"u8))
        {
            return null;
        }

        OperationStatus status = Base64.DecodeFromUtf8(text[2..], digest, out _, out int length);
        return status == OperationStatus.Done && length == (isShort ? SHA1.HashSizeInBytes : SHA256.HashSizeInBytes)
            ? new FileDigest(path, isShort ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, Convert.ToHexStringLower(digest[..length])) { MayBeLink = true }
            : null;
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
