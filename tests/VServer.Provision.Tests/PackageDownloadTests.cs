using VServer.Provision.Making;
using Xunit;

namespace VServer.Provision.Tests;

public sealed class PackageDownloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Get_OtherTarball_IsRefusedAndThrownAway()
    {
        // Like npm pack PACKAGE --loglevel error --pack-destination FOLDER.
        var npm = _folder.Script("npm", "printf other > \"$6/package.tgz\"");
        var cache = Path.Combine(_folder.Path, "cache");

        var failure = Assert.Throws<EngineUnavailableException>(() => new PackageDownload(npm, cache, TextWriter.Null).Get());

        Assert.Contains("has integrity sha512-", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(cache));
    }

    [Fact]
    public void Get_ChangedTarballInCache_IsRefusedAndThrownAway()
    {
        var cache = Directory.CreateDirectory(Path.Combine(_folder.Path, "cache")).FullName;
        File.WriteAllText(Path.Combine(cache, "likecu-powershell-win10-7.6.2.tgz"), "changed");

        Assert.Throws<EngineUnavailableException>(() => new PackageDownload("/nonesuch/npm", cache, TextWriter.Null).Get());

        Assert.Empty(Directory.GetFileSystemEntries(cache));
    }

    [Fact]
    public void Get_NpmFails_SaysWhatNpmSaid()
    {
        var npm = _folder.Script("npm", "echo 'npm error code E404' >&2; exit 1");

        var failure = Assert.Throws<EngineUnavailableException>(
            () => new PackageDownload(npm, Path.Combine(_folder.Path, "cache"), TextWriter.Null).Get());

        Assert.Equal("npm pack failed: npm error code E404", failure.Message);
    }
}
