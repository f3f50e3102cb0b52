using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Packages;
using Xunit;

namespace VServer.Core.Tests.Packages;

public sealed class ApkDatabaseTests
{
    private const string Place = "lib/apk/db/installed";

    // As apk-tools 2.14 writes it.
    private const string Musl = """
        C:Q1Dn/UOfjdoMrdLx0Vh8H+AL6xu6E=
        P:musl
        V:1.2.5-r0
        A:x86_64
        S:407278
        T:the musl c library (libc) implementation
        o:musl
        t:1709244471
        p:so:libc.musl-x86_64.so.1=1
        F:lib
        R:ld-musl-x86_64.so.1
        a:0:0:755
        Z:Q1abcdefghijklmnopqrstuvwxyz0=
        R:libc.musl-x86_64.so.1
        a:0:0:777
        F:etc
        R:musl.conf
        F:var/lib/musl
        M:0:0:700


        """;

    private const string Busybox = "P:busybox\nV:1.36.1-r15\nA:x86_64\nF:\nR:top\nF:usr\nF:usr/bin\nR:busy box\n\n";

    [Fact]
    public void Packages_TwoParagraphs_AreTwo()
    {
        IPackageDatabase database = Read(Musl + Busybox);
        Assert.Equal("apk", database.Format);
        Assert.Equal([new InstalledPackage("musl", "1.2.5-r0", "x86_64"), new InstalledPackage("busybox", "1.36.1-r15", "x86_64")], database.Packages);
    }

    [Fact]
    public void FilesOf_FoldersAndFiles_AreWhereTheyAre()
    {
        Assert.Equal(["/lib", "/lib/ld-musl-x86_64.so.1", "/lib/libc.musl-x86_64.so.1", "/etc", "/etc/musl.conf", "/var/lib/musl"], Files(Read(Musl), "musl"));
        Assert.Equal(["/top", "/usr", "/usr/bin", "/usr/bin/busy box"], Files(Read(Musl + Busybox), "busybox"));
    }

    [Fact]
    public void ConfigurationFilesOf_NoRules_IsWhatIsInEtc() =>
        Assert.Equal(["/etc", "/etc/musl.conf"], Configuration(Read(Musl), "musl"));

    [Theory]
    [InlineData("+usr/bin", "/usr/bin /usr/bin/busy box")]
    [InlineData("usr/bin", "/usr/bin /usr/bin/busy box")]
    [InlineData("!usr/bin/", "/usr/bin /usr/bin/busy box")]
    [InlineData("#usr/bin", "")]
    [InlineData("@usr/bin", "")]
    [InlineData("+usr\n-usr/bin", "/usr")]
    [InlineData("-usr/bin\n+usr", "/usr")]
    [InlineData("+usr/bin\n-usr/bin", "")]
    [InlineData("+u*/b?n/busy*", "/usr/bin/busy box")]
    [InlineData("+usr*", "/usr /usr/bin /usr/bin/busy box")]
    [InlineData("+*/*/[ab]usy box", "/usr/bin/busy box")]
    [InlineData("+usr\n-usr/[b]in", "/usr /usr/bin /usr/bin/busy box")]
    public void ConfigurationFilesOf_ProtectedPaths_AreAsApkTakesThem(string rules, string expected)
    {
        using MemoryFolder root = new MemoryFolder().With(Place, Busybox).With("etc/apk/protected_paths.d/x.list", rules + "\n").With("etc/apk/protected_paths.d/y", "+top\n");
        IPackageDatabase database = Read(root);
        Assert.Equal(expected, string.Join(' ', Configuration(database, "busybox")));
    }

    [Fact]
    public void TryRead_MergedUsr_IsFoundInItsNewPlace()
    {
        using MemoryFolder root = new MemoryFolder().With("usr/lib/apk/db/installed", Musl).WithLink("lib", "usr/lib");
        Assert.Equal("apk", Read(root).Format);
    }

    [Fact]
    public void TryRead_FolderIsASymlink_IsNotFollowed()
    {
        using MemoryFolder root = new MemoryFolder().With("evil/installed", Musl).WithLink("lib/apk/db", "/evil");
        Assert.Null(new PackageDatabaseReader(new ScriptedRpm()).TryRead(root, "web1"));
    }

    [Fact]
    public void FilesOf_PathsThatCannotBe_AreLeftOut()
    {
        string evil = "P:evil\nV:1\nA:x\nF:../../etc\nR:shadow\nF:/\nR:../../host\nR:a/b\nF:etc/../..\nR:passwd\nF:usr\nR:..\nR:.\nR:good\n"
            + $"R:{new string('x', 256)}\nF:{string.Concat(Enumerable.Repeat("a/", 3000))}\nR:deep\n\n";
        Assert.Equal(["/usr", "/usr/good"], Files(Read(evil), "evil"));
    }

    [Theory]
    [InlineData("V:1\nA:x\n\n")]
    [InlineData("P:a\nA:x\n\n")]
    [InlineData("P:a b\nV:1\n\n")]
    [InlineData("P:a\nV:1\u001b[2J\n\n")]
    [InlineData("P:\nV:1\n\n")]
    [InlineData("P:a\0\nV:1\n\n")]
    [InlineData("\u007fELF\u0001\u0002")]
    public void TryRead_NoList_IsOneClearError(string content) =>
        Assert.Equal(ErrorIds.PackageDatabaseInvalid, Assert.Throws<VServerException>(() => Read(content)).ErrorId);

    [Fact]
    public void FilesOf_EndlessList_IsOneClearError()
    {
        string endless = "P:a\nV:1\nA:x\nF:b\n" + string.Concat(Enumerable.Repeat("R:c\n", 4_000_000));
        IPackageDatabase database = Read(endless);
        Assert.Equal(ErrorIds.PackageDatabaseInvalid, Assert.Throws<VServerException>(() => Files(database, "a")).ErrorId);
    }

    [Fact]
    public void FilesOf_LineOfHundredMegabytes_IsLeftOut() =>
        Assert.Equal(["/b"], Files(Read("P:a\nV:1\nA:x\nF:b\nR:" + new string('/', 100_000_000) + "\n\n"), "a"));

    [Fact]
    public void DigestsOf_Sha1AndSha256_AreThoseOfFilesOutsideProtectedPaths()
    {
        const string list = "P:tool\nV:1\nA:x\nF:etc\nR:conf\nZ:Q1qUqP5cyxm6YcTAhz05Hph5gvu9M=\nF:usr\nZ:Q1qUqP5cyxm6YcTAhz05Hph5gvu9M=\nR:one\na:0:0:755\nZ:Q1qUqP5cyxm6YcTAhz05Hph5gvu9M=\n"
            + "R:..\nZ:Q1qUqP5cyxm6YcTAhz05Hph5gvu9M=\nR:two\nZ:Q2n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=\nR:odd\nZ:Q1abc\nR:more\nZ:Q1n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=\nR:other\nZ:none\nR:bare\n\n";
        IPackageDigests database = (IPackageDigests)Read(list);

        Assert.Equal(
            ["/usr/one SHA1 a94a8fe5ccb19ba61c4c0873d391e987982fbbd3", "/usr/two SHA256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
            database.DigestsOf(database.Packages[0]).Select(static digest => $"{digest.Path} {digest.Algorithm} {digest.Value}"));
    }

    private static IPackageDatabase Read(string content)
    {
        using MemoryFolder root = new MemoryFolder().With(Place, content);
        return Read(root);
    }

    private static IPackageDatabase Read(MemoryFolder root) => new PackageDatabaseReader(new ScriptedRpm()).TryRead(root, "web1")!; // There is one, or it throws.

    private static IEnumerable<string> Files(IPackageDatabase database, string package) =>
        database.FilesOf(database.Packages.Single(found => found.Name == package)).Select(path => path.ToString());

    private static IEnumerable<string> Configuration(IPackageDatabase database, string package) =>
        database.ConfigurationFilesOf(database.Packages.Single(found => found.Name == package)).Select(path => path.ToString());
}
