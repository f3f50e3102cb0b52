using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Packages;
using VServer.Unify;
using Xunit;

namespace VServer.Core.Tests.Trust;

public sealed class LeftOverTests
{
    [Theory]
    [InlineData(".vs-0123456789ab-0", "0123456789ab")]
    [InlineData(".vs-ffffffffffff-17", "ffffffffffff")]
    [InlineData(".vs-0123456789AB-0", null)]
    [InlineData(".vs-0123456789ab-", null)]
    [InlineData(".vs-0123456789ab-0x", null)]
    [InlineData(".vs-notes", null)]
    [InlineData("vs-0123456789ab-0", null)]
    public void Token_IsReadOutOfOurNamesAlone(string name, string? token) => Assert.Equal(token, Journal.TokenOf(UnixPath.Parse(name)));

    [Fact]
    public void Digests_AreRead_WithoutConfigurationFiles()
    {
        using MemoryFolder root = Tree("d41d8cd98f00b204e9800998ecf8427e  usr/bin/with blank\nD41D8CD98F00B204E9800998ECF8427E  etc/conf\n");
        IPackageDigests database = Assert.IsType<IPackageDigests>(new PackageDatabaseReader(new ScriptedRpm()).TryRead(root, "one"), exactMatch: false);

        FileDigest digest = Assert.Single(database.DigestsOf(Assert.Single(database.Packages)));

        Assert.Equal(("/usr/bin/with blank", "d41d8cd98f00b204e9800998ecf8427e"), (digest.Path.ToString(), digest.Value));
    }

    [Theory]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e usr/bin/x\n")]
    [InlineData("short  usr/bin/x\n")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e  \n")]
    public void Digests_ThatMakeNoSense_AreSaidToBeInvalid(string content)
    {
        using MemoryFolder root = Tree(content);
        IPackageDigests database = Assert.IsType<IPackageDigests>(new PackageDatabaseReader(new ScriptedRpm()).TryRead(root, "one"), exactMatch: false);

        VServerException failure = Assert.Throws<VServerException>(() => database.DigestsOf(database.Packages[0]));

        Assert.Equal(ErrorIds.PackageDatabaseInvalid, failure.ErrorId);
        Assert.Contains("line 1", failure.Message, StringComparison.Ordinal);
    }

    private static MemoryFolder Tree(string digests) => new MemoryFolder()
        .With("var/lib/dpkg/status", "Package: tool\nStatus: install ok installed\nArchitecture: all\nVersion: 1\nConffiles:\n /etc/conf 0123456789abcdef0123456789abcdef\n\n")
        .With("var/lib/dpkg/info/tool.md5sums", digests);
}
