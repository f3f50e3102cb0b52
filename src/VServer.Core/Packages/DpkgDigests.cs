using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace VServer.Packages;

/// <summary>Reads a package's md5sums: 32 hexadecimal digits, two blanks and a path without its leading slash a line.</summary>
internal static class DpkgDigests
{
    private const int DigestLength = 32;

    private static readonly SearchValues<byte> HexadecimalDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>The digests in the file's order.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public static IReadOnlyList<FileDigest> Parse(DatabaseFile file, ReadOnlySpan<byte> content)
    {
        List<FileDigest> digests = new(content.Count((byte)'\n'));
        int line = 0;
        foreach (Range range in content.Split((byte)'\n'))
        {
            line++;
            ReadOnlySpan<byte> text = content[range];
            if (!text.IsEmpty)
            {
                digests.Add(IsWhole(text) ? Read(text) : throw file.Invalid(line, "there is no digest with two blanks and a path"));
            }
        }

        return digests;
    }

    private static bool IsWhole(ReadOnlySpan<byte> text) =>
        text.Length > DigestLength + 2
        && !text[..DigestLength].ContainsAnyExcept(HexadecimalDigits)
        && text.Slice(DigestLength, 2).SequenceEqual("  "u8);

    private static FileDigest Read(ReadOnlySpan<byte> text) => new(
        UnixPath.FromBytes(text[(DigestLength + 2)..]),
        HashAlgorithmName.MD5,
        Encoding.ASCII.GetString(text[..DigestLength]).ToLowerInvariant());
}
