using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using VServer.Errors;

namespace VServer.Packages;

/// <summary>The three questions that rpm is asked, and what its answers mean.</summary>
internal sealed class RpmFormat(string owner)
{
    /// <summary>A package a line.</summary>
    public const string Packages = "P %{NAME:shescape} %{EPOCH:shescape} %{VERSION:shescape} %{RELEASE:shescape} %{ARCH:shescape}\n";

    /// <summary>The same with a line for each of its files.</summary>
    public const string Files = Packages + "[F %{FILEFLAGS:shescape} %{FILESTATES:shescape} %{FILENAMES:shescape}\n]";

    /// <summary>The same with a line that says how digests are computed, and one for each file's.</summary>
    public const string Digests = Packages + "D %{FILEDIGESTALGO:shescape}\n[G %{FILEVERIFYFLAGS:shescape} %{FILEDIGESTS:shescape} %{FILEFLAGS:shescape} %{FILESTATES:shescape} %{FILENAMES:shescape}\n]";

    // RPMVERIFY_FILEDIGEST of rpm's rpmvf.h: the package wants the content looked at.
    private const uint Verified = 1;

    // RPMFILE_CONFIG and RPMFILE_GHOST of rpm's rpmfiles.h, and what its tags print for what is not there.
    private const uint Configuration = 1;
    private const uint Ghost = 64;
    private const string Nothing = "(none)";
    private const string Present = "0";

    // Keys that rpm trusts are kept as packages.
    private const string Key = "gpg-pubkey";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._~^:@%()");

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly PathBudget budget = new(owner);

    /// <summary>Reads the answer to any of the questions, in rpm's order.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public IReadOnlyList<RpmPackage> Parse(ReadOnlySpan<byte> answer)
    {
        List<RpmPackage> packages = [];
        RpmText text = new(answer);
        while (!text.IsAtEnd)
        {
            RpmPackage package = TakePackage(ref text);
            HashAlgorithmName? algorithm = TakeAlgorithm(ref text, package);
            while (text.TryTake("G "u8))
            {
                TakeDigest(ref text, package, algorithm);
            }

            while (text.TryTake("F "u8))
            {
                TakeFile(ref text, package);
            }

            if (package.Identity.Name != Key)
            {
                packages.Add(package);
            }
        }

        return packages;
    }

    private RpmPackage TakePackage(ref RpmText text)
    {
        if (text.TryTake("P "u8)
            && text.TryTakeText(out string name) && text.TryTake(" "u8)
            && text.TryTakeText(out string epoch) && text.TryTake(" "u8)
            && text.TryTakeText(out string version) && text.TryTake(" "u8)
            && text.TryTakeText(out string release) && text.TryTake(" "u8)
            && text.TryTakeText(out string architecture) && text.TryTake("\n"u8)
            && !(name + epoch + version + release + architecture).AsSpan().ContainsAnyExcept(Allowed))
        {
            // No epoch is the epoch 0 for rpm.
            string prefix = epoch is Nothing or "0" ? "" : epoch + ":";
            return new RpmPackage(new InstalledPackage(name, $"{prefix}{version}-{release}", architecture));
        }

        throw Invalid("a package's name, version or architecture is missing or has bytes that it cannot have");
    }

    private void TakeFile(ref RpmText text, RpmPackage package)
    {
        if (TakePath(ref text, package, out bool isOwn) is { } path)
        {
            package.Add(path, isOwn);
        }
    }

    // Folders and symlinks have an empty digest.
    private void TakeDigest(ref RpmText text, RpmPackage package, HashAlgorithmName? algorithm)
    {
        if (!text.TryTakeText(out string verified) || !text.TryTake(" "u8) || !text.TryTakeText(out string value) || !text.TryTake(" "u8))
        {
            throw Invalid($"a digest of the package '{package.Identity.Name}' is cut short");
        }

        bool isWanted = algorithm is not null && (verified == Nothing || (Number(verified, package) & Verified) != 0)
            && value.Length > 0 && !value.AsSpan().ContainsAnyExcept(Hexadecimal);
        if (TakePath(ref text, package, out bool isOwn) is { } path && !isOwn && isWanted)
        {
            package.Add(new FileDigest(path, algorithm!.Value, value.ToLowerInvariant())); // It is wanted only when there is one.
        }
    }

    // PGPHASHALGO of rpm's rpmcrypto.h; packages of before 2009 do not say, and have MD5. Null for one that is not known here.
    private HashAlgorithmName? TakeAlgorithm(ref RpmText text, RpmPackage package)
    {
        if (!text.TryTake("D "u8))
        {
            return null;
        }

        if (!text.TryTakeText(out string number) || !text.TryTake("\n"u8))
        {
            throw Invalid($"the package '{package.Identity.Name}' is cut short");
        }

        return number switch
        {
            Nothing or "1" => HashAlgorithmName.MD5,
            "2" => HashAlgorithmName.SHA1,
            "8" => HashAlgorithmName.SHA256,
            "9" => HashAlgorithmName.SHA384,
            "10" => HashAlgorithmName.SHA512,
            _ => null,
        };
    }

    // A file may be listed and not be there: excluded, of another architecture's colour, or replaced by another package's.
    private UnixPath? TakePath(ref RpmText text, RpmPackage package, out bool isOwn)
    {
        if (!text.TryTakeText(out string flags) || !text.TryTake(" "u8)
            || !text.TryTakeText(out string state) || !text.TryTake(" "u8)
            || !text.TryTakeField(out ReadOnlySpan<byte> path) || !text.TryTake("\n"u8))
        {
            throw Invalid($"a file of the package '{package.Identity.Name}' is cut short");
        }

        budget.Spend();
        isOwn = false;
        if (state is Present or Nothing && flags != Nothing && path is [(byte)'/', ..] && ListedPath.TryTake(path) is { } taken)
        {
            isOwn = (Number(flags, package) & (Configuration | Ghost)) != 0;
            return taken;
        }

        return null;
    }

    private uint Number(string text, RpmPackage package) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
        ? number
        : throw Invalid($"a file of the package '{package.Identity.Name}' has flags that are no number");

    private VServerException Invalid(string why) => DatabaseFailure.Make(owner, ErrorKind.InvalidData, why);
}
