using VServer.Provision.Making;
using Xunit;

namespace VServer.Provision.Tests;

public sealed class FileDigestsTests : IDisposable
{
    private const string DigestOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly TemporaryFolder _folder = new();
    private readonly FileDigests _digests = FileDigests.Parse($"{DigestOfAbc}  one.dll\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Require_SameBytes_Passes()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "one.dll"), "abc");

        _digests.Require(_folder.Path);

        Assert.Equal(["one.dll"], _digests.Names);
    }

    [Fact]
    public void Require_OtherBytes_NamesFileAndBothDigests()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "one.dll"), "abd");

        var failure = Assert.Throws<EngineUnavailableException>(() => _digests.Require(_folder.Path));

        Assert.StartsWith("one.dll of the package has sha256 a52d159f", failure.Message, StringComparison.Ordinal);
        Assert.Contains(DigestOfAbc, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_MissingFile_NamesIt()
    {
        var failure = Assert.Throws<EngineUnavailableException>(() => _digests.Require(_folder.Path));

        Assert.Equal("the package has no one.dll.", failure.Message);
    }
}
