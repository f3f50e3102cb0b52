using VServer.Errors;
using VServer.Unify;
using Xunit;

namespace VServer.Core.Tests.Unify;

public sealed class PathRulesTests
{
    [Theory]
    [InlineData("usr/bin/bash", true)]
    [InlineData("etc/bash.bashrc", false)]
    [InlineData("etcetera", true)]
    [InlineData("var/lib/dpkg/status", false)]
    [InlineData("var/mail", false)]
    [InlineData("root/.bashrc", false)]
    [InlineData("opt/app/x.lock", false)]
    [InlineData("opt/app/lock", false)]
    [InlineData("opt/app/clock", true)]
    [InlineData("opt/a.lock/file", false)]
    public void Allows_BuiltInRules_LeaveOutWhatIsTheGuestsOwn(string path, bool expected) =>
        Assert.Equal(expected, new PathRules([]).Allows(UnixPath.Parse(path)));

    [Theory]
    [InlineData("-/usr/share", "usr/share/doc/x", false)]
    [InlineData("/usr/share", "usr/share/doc/x", false)]
    [InlineData("~/usr/share", "usr/share/doc/x", false)]
    [InlineData("/usr/share", "usr/shared", true)]
    [InlineData("/usr/*/doc", "usr/a/b/doc/x", false)]
    [InlineData("*.pyc", "usr/lib/a.pyc", false)]
    [InlineData("*.pyc", "usr/lib/a.pyco", true)]
    [InlineData("/usr/li?", "usr/lib/x", false)]
    [InlineData("+/etc/alternatives", "etc/alternatives/awk", true)]
    public void Allows_OwnRule_ComesBeforeTheBuiltIn(string rule, string path, bool expected) =>
        Assert.Equal(expected, new PathRules([rule]).Allows(UnixPath.Parse(path)));

    [Fact]
    public void Allows_TwoRulesMatch_TheFirstDecides()
    {
        PathRules rules = new(["+/usr/share/doc", "-/usr/share"]);
        Assert.True(rules.Allows(UnixPath.Parse("usr/share/doc/a")));
        Assert.False(rules.Allows(UnixPath.Parse("usr/share/man/a")));
    }

    [Fact]
    public void Allows_NameThatIsNoUtf8_IsMatchedByItsBytes()
    {
        UnixPath path = UnixPath.FromBytes([.. "opt/"u8, 0xff, .. ".pyc"u8]);
        Assert.False(new PathRules(["*.pyc"]).Allows(path));
        Assert.False(new PathRules(["/opt/?.pyc"]).Allows(path));
    }

    [Theory]
    [InlineData("var", true)]
    [InlineData("var/lib", true)]
    [InlineData("var/lib/dpkg/info", true)]
    [InlineData("usr", true)]
    [InlineData("opt", false)]
    [InlineData("usr/local", true)]
    [InlineData("usr/local/share/x", false)]
    public void LeavesOutOf_FolderThatIsLeftOutOrLeadsThere_IsTrue(string folder, bool expected) =>
        Assert.Equal(expected, new PathRules(["/usr/local/share/private"]).LeavesOutOf(UnixPath.Parse(folder)));

    [Theory]
    [InlineData("")]
    [InlineData("usr/bin")]
    [InlineData("+-/usr")]
    [InlineData("-")]
    public void Constructor_NoPathOrPattern_NamesTheRule(string rule)
    {
        VServerException failure = Assert.Throws<VServerException>(() => new PathRules([rule]));
        Assert.Equal(ErrorIds.PathRuleInvalid, failure.ErrorId);
        Assert.Equal(rule, failure.Target);
    }
}
