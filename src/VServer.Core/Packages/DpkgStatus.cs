using System.Buffers;
using System.Text;

namespace VServer.Packages;

/// <summary>Reads var/lib/dpkg/status.</summary>
internal static class DpkgStatus
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._"u8);

    private static readonly SearchValues<byte> VersionBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._:~"u8);

    /// <summary>All packages that are fully installed, in the file's order.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public static IReadOnlyList<DpkgPackage> Parse(DatabaseFile file, ReadOnlyMemory<byte> content) =>
        [.. ControlFile.Parse(content, file.Invalid).Select(paragraph => TryMake(file, paragraph)).OfType<DpkgPackage>()];

    private static DpkgPackage? TryMake(DatabaseFile file, ControlParagraph paragraph)
    {
        string name = Take(file, paragraph, "Package", NameBytes);
        if (!IsInstalled(file, paragraph))
        {
            return null;
        }

        string version = Take(file, paragraph, "Version", VersionBytes);
        string architecture = Take(file, paragraph, "Architecture", NameBytes);
        return new DpkgPackage(new InstalledPackage(name, version, architecture), paragraph);
    }

    // "install ok installed", "hold ok installed"; what is unpacked, half removed or waits for triggers is not complete.
    private static bool IsInstalled(DatabaseFile file, ControlParagraph paragraph)
    {
        ReadOnlySpan<byte> status = paragraph["Status"u8];
        return !status.IsEmpty
            ? status.EndsWith(" ok installed"u8)
            : throw file.Invalid(paragraph.Line, "a package begins that has no Status");
    }

    private static string Take(DatabaseFile file, ControlParagraph paragraph, string field, SearchValues<byte> allowed)
    {
        ReadOnlySpan<byte> value = paragraph[Encoding.ASCII.GetBytes(field)];
        return !value.IsEmpty && !value.ContainsAnyExcept(allowed)
            ? Encoding.ASCII.GetString(value)
            : throw file.Invalid(paragraph.Line, $"a package begins whose {field} is missing or has bytes that it cannot have");
    }
}
