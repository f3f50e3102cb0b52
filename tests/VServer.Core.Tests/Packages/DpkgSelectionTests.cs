using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Packages;
using Xunit;
using static VServer.Core.Tests.Packages.DpkgDatabaseTests;

namespace VServer.Core.Tests.Packages;

public sealed class DpkgSelectionTests
{
    [Fact]
    public void Select_NeedsOfNeeds_ComeAlong() => Assert.Equal(
        ["a", "b", "c"],
        Select(["a"], Package("a", "1", "Depends: b\n") + Package("b", "1", "Pre-Depends: c\n") + Package("c", "1") + Package("d", "1")));

    [Fact]
    public void Select_Circle_Ends() => Assert.Equal(["a", "b"], Select(["a"], Package("a", "1", "Depends: b\n") + Package("b", "1", "Depends: a\n")));

    [Fact]
    public void Select_Essential_ComesThoughNothingNeedsIt() =>
        Assert.Equal(["a", "base"], Select(["a"], Package("a", "1") + Package("base", "1", "Essential: yes\n") + Package("base", "1", "Essential: yes\n", "i386")));

    [Fact]
    public void Select_Alternatives_TakeTheFirstThatIsInstalledAndNewEnough() => Assert.Equal(
        ["a", "c"],
        Select(["a"], Package("a", "1", "Depends: x | b (>= 2) | c | d\n") + Package("b", "1") + Package("c", "1") + Package("d", "1")));

    [Fact]
    public void Select_VirtualPackage_IsMetByItsProvider() => Assert.Equal(
        ["a", "mawk"],
        Select(["a"], Package("a", "1", "Depends: awk\n") + Package("mawk", "1", "Provides: awk\n")));

    [Theory]
    [InlineData("mta (>= 2)", "mta (= 3)", true)]
    [InlineData("mta (>= 2)", "mta (= 1)", false)]
    [InlineData("mta (>= 2)", "mta", false)]
    [InlineData("mta", "mta (= 1)", true)]
    public void Select_ProvidedVersion_IsCompared(string need, string provision, bool expected)
    {
        string status = Package("a", "1", $"Depends: {need}\n") + Package("postfix", "9", $"Provides: {provision}\n");
        if (expected)
        {
            Assert.Equal(["a", "postfix"], Select(["a"], status));
        }
        else
        {
            Assert.Throws<VServerException>(() => Select(["a"], status));
        }
    }

    [Fact]
    public void Select_Architecture_IsKeptToUnlessThePackageSaysOtherwise() => Assert.Equal(
        ["a/i386", "any/amd64", "lib/i386", "tool/amd64"],
        Choose(
            ["a:i386"],
            Package("dpkg", "1")
            + Package("a", "1", "Depends: lib, tool, any:any\n", "i386")
            + Package("lib", "1", "Multi-Arch: same\n")
            + Package("lib", "1", "Multi-Arch: same\n", "i386")
            + Package("tool", "1", "Multi-Arch: foreign\n")
            + Package("any", "1", "Multi-Arch: allowed\n")).Select(package => $"{package.Name}/{package.Architecture}"));

    [Fact]
    public void Select_Unknown_NamesThemAllAndWhatMayBeMeant()
    {
        VServerException failure = Assert.Throws<VServerException>(() => Select(
            ["bsah", "awk", "zzz"], Package("bash", "1") + Package("mawk", "1", "Provides: awk\n")));
        Assert.Equal(ErrorIds.PackageNotFound, failure.ErrorId);
        Assert.Contains("'bsah' (did you mean bash?); 'awk' (did you mean mawk?); 'zzz'.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_UnmetNeed_NamesBoth()
    {
        VServerException failure = Assert.Throws<VServerException>(() => Select(["a"], Package("a", "1", "Depends: b (>= 2) | c\n") + Package("b", "1")));
        Assert.Equal(ErrorIds.PackageDependencyMissing, failure.ErrorId);
        Assert.Equal("a", failure.Target);
        Assert.Contains("b (>= 2) or c", failure.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Select(string[] names, string status) => Choose(names, status).Select(package => package.Name);

    private static IReadOnlyList<InstalledPackage> Choose(string[] names, string status)
    {
        using MemoryFolder root = new MemoryFolder().With("var/lib/dpkg/status", status);
        return Assert.IsAssignableFrom<IPackageSource>(new PackageDatabaseReader(new ScriptedRpm()).TryRead(root, "/")).Select(names);
    }
}
