using VServer.Core.Tests.Fakes;
using VServer.Packages;
using Xunit;
using static VServer.Core.Tests.Packages.DpkgDatabaseTests;

namespace VServer.Core.Tests.Packages;

public sealed class DpkgWriterTests
{
    private const string Group = "auto\n/usr/bin/vi\nvi.1.gz\n/usr/share/man/vi.1.gz\n\n/usr/bin/vim\n30\n/usr/share/man/vim.1.gz\n/usr/bin/nvi\n10\n\n\n";

    [Fact]
    public void WriteTo_SomePackages_HoldsJustThem()
    {
        using MemoryFolder source = new MemoryFolder()
            .With("var/lib/dpkg/status", Package("a", "1") + Package("b", "1") + Package("c", "1", "Multi-Arch: same\n"))
            .With("var/lib/dpkg/info/format", "1\n")
            .With("var/lib/dpkg/info/a.list", "/a\n")
            .With("var/lib/dpkg/info/a.md5sums", "x\n")
            .With("var/lib/dpkg/info/b.list", "/b\n")
            .With("var/lib/dpkg/info/c:amd64.list", "/c\n")
            .With("var/lib/dpkg/diversions", "/x\n/x.a\na\n/y\n/y.b\nb\n")
            .With("var/lib/dpkg/triggers/File", "/usr/lib a/noawait\n/usr/share b\n")
            .With("var/lib/dpkg/triggers/refresh", "b\n");
        using MemoryFolder target = new();

        Write(source, target, ["a", "c"]);

        Assert.Equal(Package("a", "1") + Package("c", "1", "Multi-Arch: same\n"), target.Text("var/lib/dpkg/status"));
        using var info = target.TryOpenFolder(UnixPath.Parse("var/lib/dpkg/info"));
        Assert.Equal(["/a.list", "/a.md5sums", "/c:amd64.list", "/format"], info!.ReadNames().Select(name => name.ToString()));
        Assert.Equal("/x\n/x.a\na\n", target.Text("var/lib/dpkg/diversions"));
        Assert.Equal("/usr/lib a/noawait\n", target.Text("var/lib/dpkg/triggers/File"));
        Assert.Null(target.Text("var/lib/dpkg/triggers/refresh"));
        Assert.Equal(2, new PackageDatabaseReader(new ScriptedRpm()).TryRead(target, "new")!.Packages.Count);
    }

    [Fact]
    public void WriteTo_AlternativeWithOneChoiceLeft_LinksToIt()
    {
        using MemoryFolder source = Source();
        using MemoryFolder target = new MemoryFolder().With("usr/bin/nvi", "").With("etc/alternatives/README", "");

        Write(source, target, ["a"]);

        Assert.Equal("/usr/bin/nvi", target.LinkTarget("etc/alternatives/vi"));
        Assert.Equal("/etc/alternatives/vi", target.LinkTarget("usr/bin/vi"));
        Assert.Null(target.LinkTarget("etc/alternatives/vi.1.gz"));
        Assert.Equal("auto\n/usr/bin/vi\nvi.1.gz\n/usr/share/man/vi.1.gz\n\n/usr/bin/nvi\n10\n\n\n", target.Text("var/lib/dpkg/alternatives/vi"));
    }

    [Fact]
    public void WriteTo_AlternativeWithAllChoices_KeepsTheCurrentOneAndItsOtherLinks()
    {
        using MemoryFolder source = Source().WithLink("etc/alternatives/vi", "/usr/bin/vim");
        using MemoryFolder target = new MemoryFolder().With("usr/bin/nvi", "").With("usr/bin/vim", "").With("usr/share/man/vim.1.gz", "").With("etc/alternatives/README", "");

        Write(source, target, ["a"]);

        Assert.Equal("/usr/bin/vim", target.LinkTarget("etc/alternatives/vi"));
        Assert.Equal("/etc/alternatives/vi.1.gz", target.LinkTarget("usr/share/man/vi.1.gz"));
        Assert.Equal(Group, target.Text("var/lib/dpkg/alternatives/vi"));
    }

    [Fact]
    public void WriteTo_AlternativeWithNoChoiceLeft_IsLeftOut()
    {
        using MemoryFolder source = Source();
        using MemoryFolder target = new MemoryFolder().With("usr/bin/other", "");

        Write(source, target, ["a"]);

        Assert.Null(target.Text("var/lib/dpkg/alternatives/vi"));
        Assert.Null(target.LinkTarget("usr/bin/vi"));
    }

    [Fact]
    public void WriteTo_AlternativeThroughALinkedFolder_LandsInTheRealOne()
    {
        using MemoryFolder target = new MemoryFolder().With("usr/bin/nvi", "").WithLink("bin", "usr/bin").With("etc/alternatives/README", "");
        using MemoryFolder source = new MemoryFolder().With("var/lib/dpkg/status", Package("a", "1")).With("var/lib/dpkg/alternatives/ed", "auto\n/bin/ed\n\n/bin/nvi\n1\n\n");

        Write(source, target, ["a"]);

        Assert.Equal("/etc/alternatives/ed", target.LinkTarget("usr/bin/ed"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("auto\n")]
    [InlineData("auto\n/usr/bin/vi\nvi.1.gz\n")]
    [InlineData("auto\n/usr/bin/vi\n\n/usr/bin/nvi")]
    public void WriteTo_AlternativeCutShort_IsLeftOut(string group)
    {
        using MemoryFolder source = new MemoryFolder().With("var/lib/dpkg/status", Package("a", "1")).With("var/lib/dpkg/alternatives/vi", group);
        using MemoryFolder target = new MemoryFolder().With("usr/bin/nvi", "");

        Write(source, target, ["a"]);

        Assert.Null(target.Text("var/lib/dpkg/alternatives/vi"));
    }

    private static MemoryFolder Source() => new MemoryFolder().With("var/lib/dpkg/status", Package("a", "1")).With("var/lib/dpkg/alternatives/vi", Group);

    private static void Write(MemoryFolder source, MemoryFolder target, string[] names)
    {
        IPackageSource database = Assert.IsAssignableFrom<IPackageSource>(new PackageDatabaseReader(new ScriptedRpm()).TryRead(source, "/"));
        database.WriteTo(target, [.. database.Packages.Where(package => names.Contains(package.Name))], CancellationToken.None);
    }
}
