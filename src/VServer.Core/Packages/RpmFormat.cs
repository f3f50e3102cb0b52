using System.Buffers;
using System.Globalization;
using VServer.Errors;

namespace VServer.Packages;

/// <summary>The two questions that rpm is asked, and what its answers mean.</summary>
internal sealed class RpmFormat(string owner)
{
    /// <summary>A package a line.</summary>
    public const string Packages = "P %{NAME:shescape} %{EPOCH:shescape} %{VERSION:shescape} %{RELEASE:shescape} %{ARCH:shescape}\n";

    /// <summary>The same with a line for each of its files.</summary>
    public const string Files = Packages + "[F %{FILEFLAGS:shescape} %{FILESTATES:shescape} %{FILENAMES:shescape}\n]";

    // RPMFILE_CONFIG and RPMFILE_GHOST of rpm's rpmfiles.h, and what its tags print for what is not there.
    private const uint Configuration = 1;
    private const uint Ghost = 64;
    private const string Nothing = "(none)";
    private const string Present = "0";

    // Keys that rpm trusts are kept as packages.
    private const string Key = "gpg-pubkey";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._~^:@%()");

    private readonly PathBudget budget = new(owner);

    /// <summary>Reads the answer to either question, in rpm's order.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public IReadOnlyList<RpmPackage> Parse(ReadOnlySpan<byte> answer)
    {
        List<RpmPackage> packages = [];
        RpmText text = new(answer);
        while (!text.IsAtEnd)
        {
            RpmPackage package = TakePackage(ref text);
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

    // A file may be listed and not be there: excluded, of another architecture's colour, or replaced by another package's.
    private void TakeFile(ref RpmText text, RpmPackage package)
    {
        if (!text.TryTakeText(out string flags) || !text.TryTake(" "u8)
            || !text.TryTakeText(out string state) || !text.TryTake(" "u8)
            || !text.TryTakeField(out ReadOnlySpan<byte> path) || !text.TryTake("\n"u8))
        {
            throw Invalid($"a file of the package '{package.Identity.Name}' is cut short");
        }

        budget.Spend();
        if (state is Present or Nothing && flags != Nothing && path is [(byte)'/', ..] && ListedPath.TryTake(path) is { } taken)
        {
            if (!uint.TryParse(flags, NumberStyles.None, CultureInfo.InvariantCulture, out uint bits))
            {
                throw Invalid($"a file of the package '{package.Identity.Name}' has flags that are no number");
            }

            package.Add(taken, isOwn: (bits & (Configuration | Ghost)) != 0);
        }
    }

    private VServerException Invalid(string why) => DatabaseFailure.Make(owner, ErrorKind.InvalidData, why);
}
