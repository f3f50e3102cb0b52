using System.Globalization;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Tells why a file was refused with the two values that differ; asked only where somebody reads it.</summary>
internal static class FateDetail
{
    private const int MostBytes = 16;

    /// <summary>A difference in words.</summary>
    public static string Both(string what, string reference, string guest) => $"{what}: {reference} in the reference, {guest} in the guest";

    /// <summary>How many bytes two files have.</summary>
    public static string Sizes(long reference, long guest) => Both(
        "size", reference.ToString(CultureInfo.InvariantCulture), guest.ToString(CultureInfo.InvariantCulture));

    /// <summary>The first extended attribute that differs.</summary>
    public static string Attributes(IFile reference, IFile guest)
    {
        IReadOnlyDictionary<string, byte[]> left = reference.ReadAttributes();
        IReadOnlyDictionary<string, byte[]> right = guest.ReadAttributes();
        string? name = left.Keys.Union(right.Keys).FirstOrDefault(key =>
            !left.TryGetValue(key, out byte[]? one) || !right.TryGetValue(key, out byte[]? other) || !one.AsSpan().SequenceEqual(other));
        return name is null ? "" : Both($"attribute {name}", Value(left, name), Value(right, name));
    }

    /// <summary>Digests of two files of one size.</summary>
    public static string Digests(UInt128 reference, UInt128 guest) => Both(
        "digest", reference.ToString("x32", CultureInfo.InvariantCulture), guest.ToString("x32", CultureInfo.InvariantCulture));

    /// <summary>Why a candidate was refused before its file was looked at.</summary>
    public static string Refusal(UnifyRun run, UnifyGuest guest, UnixPath path, in Candidate candidate, SkipReason reason) => reason switch
    {
        SkipReason.VersionDiffers when DifferenceOf(guest, candidate) is { } package => package.ToString(),
        SkipReason.NotInReference when DifferenceOf(guest, candidate) is { } package => package.ToString(),
        SkipReason.NotInReference => "the guest has no such file",
        SkipReason.Configuration when candidate.Package >= 0 => $"of the package {run.Packages[candidate.Package].Name}",
        SkipReason.Excluded when candidate.RefusedName is { } name => ExcludedInodes.Detail(name),
        SkipReason.Excluded => $"rule {(guest.Rules ?? run.Rules).Deciding(path)}",
        SkipReason.TooSmall => string.Create(CultureInfo.InvariantCulture, $"{candidate.Facts.Size} bytes, and {run.Request.MinimumSize} were asked for"),
        _ => "",
    };

    private static UnifyPackage? DifferenceOf(UnifyGuest guest, in Candidate candidate) =>
        candidate.Package >= 0 && guest.Gate.Differences.Count > 0 ? guest.Gate.Differences[candidate.Package] : null;

    private static string Value(IReadOnlyDictionary<string, byte[]> attributes, string name) =>
        !attributes.TryGetValue(name, out byte[]? value) ? "missing"
        : value.Length <= MostBytes ? "0x" + Convert.ToHexStringLower(value)
        : $"0x{Convert.ToHexStringLower(value[..MostBytes])}...";
}
