using System.Diagnostics;
using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Packages;
using Xunit;

namespace VServer.Core.Tests.Packages;

public sealed class DpkgDatabaseTests
{
    private const string Status = "var/lib/dpkg/status";

    [Fact]
    public void TryRead_NoDatabase_IsNull()
    {
        using MemoryFolder root = new MemoryFolder().With("etc/passwd", "");
        Assert.Null(new PackageDatabaseReader(new ScriptedRpm()).TryRead(root, "web1"));
    }

    [Theory]
    [InlineData("install ok installed", true)]
    [InlineData("hold ok installed", true)]
    [InlineData("deinstall ok config-files", false)]
    [InlineData("install ok unpacked", false)]
    [InlineData("install ok triggers-pending", false)]
    [InlineData("install reinstreq installed", false)]
    [InlineData("install ok not-installed", false)]
    public void Packages_Status_DecidesWhetherItIsInstalled(string status, bool expected)
    {
        using MemoryFolder root = new MemoryFolder().With(Status, Package("a", "1", status: status));
        Assert.Equal(expected, Read(root).Packages.Count == 1);
    }

    [Fact]
    public void FilesOf_SamePackageOfTwoArchitectures_HasListsOfItsOwn()
    {
        using MemoryFolder root = new MemoryFolder()
            .With(Status, Package("libc6", "2", "Multi-Arch: same\n") + Package("libc6", "2", "Multi-Arch: same\n", "i386") + Package("a", "1"))
            .With("var/lib/dpkg/info/libc6:amd64.list", "/.\n/lib/x.so\n")
            .With("var/lib/dpkg/info/libc6:i386.list", "/lib/y.so\n")
            .With("var/lib/dpkg/info/a.list", "/usr/bin/a\n");
        IPackageDatabase database = Read(root);

        Assert.Equal(["/lib/x.so", "/lib/y.so", "/usr/bin/a"], database.Packages.SelectMany(database.FilesOf).Select(path => path.ToString()));
    }

    [Fact]
    public void FilesOf_DivertedFile_IsWhereItWasPut()
    {
        using MemoryFolder root = new MemoryFolder()
            .With(Status, Package("bash", "1") + Package("dash", "1") + Package("perl", "1"))
            .With("var/lib/dpkg/info/bash.list", "/bin/sh\n/bin/bash\n")
            .With("var/lib/dpkg/info/dash.list", "/bin/sh\n")
            .With("var/lib/dpkg/info/perl.list", "/usr/bin/perl\n")
            .With("var/lib/dpkg/diversions", "/bin/sh\n/bin/sh.distrib\ndash\n/usr/bin/perl\n/usr/bin/perl.real\n:\n");
        IPackageDatabase database = Read(root);

        Assert.Equal(["/bin/sh.distrib", "/bin/bash"], Files(database, "bash"));
        Assert.Equal(["/bin/sh"], Files(database, "dash"));
        Assert.Equal(["/usr/bin/perl.real"], Files(database, "perl"));
    }

    [Fact]
    public void FilesOf_PathThatIsNoText_StaysBytes()
    {
        using MemoryFolder root = new MemoryFolder().With(Status, Package("a", "1")).With("var/lib/dpkg/info/a.list", [.. "/usr/\xff x"u8, .. "\n"u8]);
        Assert.Equal([.. "usr/\xff x"u8], Read(root).FilesOf(new InstalledPackage("a", "1", "amd64")).Single().Bytes.ToArray());
    }

    [Fact]
    public void FilesOf_MissingList_IsEmpty()
    {
        using MemoryFolder root = new MemoryFolder().With(Status, Package("a", "1"));
        Assert.Empty(Files(Read(root), "a"));
    }

    [Fact]
    public void ConfigurationFilesOf_BlanksAndFlags_GiveThePath()
    {
        using MemoryFolder root = new MemoryFolder().With(
            Status,
            Package("a", "1", "Conffiles:\n /etc/a 0123\n /etc/a b c 4567\n /etc/old 89ab obsolete\n /etc/gone cdef obsolete remove-on-upgrade\n"));
        IPackageDatabase database = Read(root);
        Assert.Equal(["/etc/a", "/etc/a b c", "/etc/old", "/etc/gone"], database.ConfigurationFilesOf(database.Packages[0]).Select(path => path.ToString()));
    }

    [Theory]
    [InlineData("Package: a\nStatus: install ok installed\nArchitecture: amd64\n", 1)]
    [InlineData("Package: a\nVersion: 1\nArchitecture: amd64\n", 1)]
    [InlineData("\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n", 2)]
    [InlineData("Package: a/../b\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n", 1)]
    [InlineData("Package: a\nStatus: install ok installed\nVersion: 1 2\nArchitecture: amd64\n", 1)]
    [InlineData("Package: a\nnonsense\n", 2)]
    [InlineData("Package: a\n\0\n", 2)]
    public void TryRead_Malformed_NamesOwnerFileAndLine(string text, int line)
    {
        using MemoryFolder root = new MemoryFolder().With(Status, text);
        VServerException failure = Assert.Throws<VServerException>(() => Read(root));
        Assert.Equal(ErrorIds.PackageDatabaseInvalid, failure.ErrorId);
        Assert.Equal("web1", failure.Target);
        Assert.Contains($"line {line} of /var/lib/dpkg/status", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_OnePackageTwice_NamesTheSecond()
    {
        using MemoryFolder root = new MemoryFolder().With(Status, Package("a", "1") + Package("a", "1"));
        Assert.Contains("line 6 ", Assert.Throws<VServerException>(() => Read(root)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("usr/bin/a\n", 1)]
    [InlineData("/usr\n/\n", 2)]
    [InlineData("/usr\n/a\0b\n", 2)]
    public void FilesOf_Malformed_NamesTheLine(string list, int line)
    {
        using MemoryFolder root = new MemoryFolder().With(Status, Package("a", "1")).With("var/lib/dpkg/info/a.list", list);
        VServerException failure = Assert.Throws<VServerException>(() => Files(Read(root), "a").ToList());
        Assert.Equal(ErrorIds.PackageDatabaseInvalid, failure.ErrorId);
        Assert.Contains($"line {line} of /var/lib/dpkg/info/a.list", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_StatusIsASymlink_IsRefused()
    {
        using MemoryFolder root = new MemoryFolder().WithLink(Status, "/etc/shadow");
        Assert.Equal(ErrorIds.PackageDatabaseInvalid, Assert.Throws<VServerException>(() => Read(root)).ErrorId);
    }

    [Fact]
    public void TryRead_FolderIsASymlink_IsNotFollowed()
    {
        using MemoryFolder root = new MemoryFolder().With("evil/status", Package("a", "1")).WithLink("var/lib/dpkg", "/evil");
        Assert.Null(new PackageDatabaseReader(new ScriptedRpm()).TryRead(root, "web1"));
    }

    [Fact]
    public void FilesOf_PathsThatCannotBe_AreLeftOut()
    {
        string list = $"/../../host\n/usr/../../etc/shadow\n/usr//x\n/.\n/./x\n/{new string('x', 300)}\n{string.Concat(Enumerable.Repeat("/a", 3000))}\n/{new string('a', 50_000_000)}\n/usr/good\n";
        using MemoryFolder root = new MemoryFolder().With(Status, Package("a", "1")).With("var/lib/dpkg/info/a.list", list);
        Assert.Equal(["/usr/good"], Files(Read(root), "a"));
    }

    [Fact]
    public void FilesOf_EndlessList_IsOneClearError()
    {
        using MemoryFolder root = new MemoryFolder().With(Status, Package("a", "1")).With("var/lib/dpkg/info/a.list", string.Concat(Enumerable.Repeat("/a\n", 4_000_001)));
        Assert.Equal(ErrorIds.PackageDatabaseInvalid, Assert.Throws<VServerException>(() => Files(Read(root), "a").Count()).ErrorId);
    }

    [Theory]
    [InlineData("\u007fELF\u0002\u0001")]
    [InlineData("Package: a\0b\n")]
    public void TryRead_BinaryJunk_IsOneClearError(string status)
    {
        using MemoryFolder root = new MemoryFolder().With(Status, status);
        Assert.Equal(ErrorIds.PackageDatabaseInvalid, Assert.Throws<VServerException>(() => Read(root)).ErrorId);
    }

    [Fact]
    public void TryRead_EndlessFields_IsOneClearError()
    {
        using MemoryFolder root = new MemoryFolder().With(Status, string.Concat(Enumerable.Repeat("a:\n", 2000)));
        Assert.Equal(ErrorIds.PackageDatabaseInvalid, Assert.Throws<VServerException>(() => Read(root)).ErrorId);
    }

    [Theory]
    [InlineData("/a\n/b\n")]
    [InlineData("/a\n")]
    [InlineData("a\n/b\nc\n")]
    public void TryRead_MalformedDiversions_AreRefused(string diversions)
    {
        using MemoryFolder root = new MemoryFolder().With(Status, Package("a", "1")).With("var/lib/dpkg/diversions", diversions);
        Assert.Contains("/var/lib/dpkg/diversions", Assert.Throws<VServerException>(() => Read(root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_ThousandPackages_IsQuick()
    {
        string text = string.Concat(Enumerable.Range(0, 1000).Select(number => Package($"package{number}", "1:2.3-4", $"Depends: a, b (>= 1), c | d\nDescription: {new string('x', 700)}\n more\n")));
        using MemoryFolder root = new MemoryFolder().With(Status, text);

        // The best of several: the machine may be busy with something else.
        TimeSpan best = Enumerable.Range(0, 10).Min(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            Assert.Equal(1000, Read(root).Packages.Count);
            return Stopwatch.GetElapsedTime(start);
        });
        Assert.True(best < TimeSpan.FromMilliseconds(50), $"took {best.TotalMilliseconds} ms");
    }

    internal static string Package(string name, string version, string more = "", string architecture = "amd64", string status = "install ok installed") =>
        $"Package: {name}\nStatus: {status}\nVersion: {version}\nArchitecture: {architecture}\n{more}\n";

    private static IPackageDatabase Read(MemoryFolder root) => new PackageDatabaseReader(new ScriptedRpm()).TryRead(root, "web1")!; // There is one, or it throws.

    private static IEnumerable<string> Files(IPackageDatabase database, string package) =>
        database.Packages.Where(found => found.Name == package).SelectMany(database.FilesOf).Select(path => path.ToString());
}
