using VServer.Core.Tests.Fakes;
using VServer.Guests;
using VServer.Ports;
using Xunit;

namespace VServer.Core.Tests.Guests;

public sealed class IdentityRulesTests
{
    private static readonly IdentityRules Rules = new(IdentityListReader.BuiltIn.Sets.Where(static set => set.Distributions.Count == 0));
    private static readonly GuestIdentity Web1 = new("web1", "0123456789abcdef0123456789abcdef");

    [Theory]
    [InlineData("etc/hostname")]
    [InlineData("etc/machine-id")]
    [InlineData("etc/ssh/ssh_host_rsa_key")]
    [InlineData("etc/ssh/ssh_host_ed25519_key.pub")]
    [InlineData("var/lib/systemd/random-seed")]
    [InlineData("var/lib/dhcp/dhclient.eth0.leases")]
    [InlineData("var/log/journal/0123/system.journal")]
    [InlineData("var/log/apt/history.log.1.gz")]
    [InlineData("var/log/syslog.1")]
    public void IsLeftOut_WhatTellsSystemsApart_Is(string path) => Assert.True(Rules.IsLeftOut(UnixPath.Parse(path), FileKind.Regular));

    [Theory]
    [InlineData("etc/hosts.allow")]
    [InlineData("etc/ssh/sshd_config")]
    [InlineData("etc/ssh/ssh_config.d/ssh_host_x")]
    [InlineData("usr/share/etc/hostname")]
    [InlineData("var/log/syslog")]
    [InlineData("var/lib/dhcp")]
    public void IsLeftOut_AllElse_IsNot(string path) => Assert.False(Rules.IsLeftOut(UnixPath.Parse(path), FileKind.Regular));

    [Theory]
    [InlineData("var/log/syslog", true)]
    [InlineData("var/log/apt/history.log", true)]
    [InlineData("var/logs/x", false)]
    [InlineData("etc/var/log/x", false)]
    public void IsEmptied_Logs_Are(string path, bool expected) => Assert.Equal(expected, Ask(Rules, path) == CopyAction.Emptied);

    [Fact]
    public void Write_EmptyTree_GetsWhatEverySystemHas()
    {
        using MemoryFolder root = new();
        using MemoryFolder original = new();

        Rules.Write(root, Rules.ToWrite(original), Web1);

        Assert.Equal("web1\n", root.Text("etc/hostname"));
        Assert.Equal("0123456789abcdef0123456789abcdef\n", root.Text("etc/machine-id"));
        Assert.Contains("127.0.1.1\tweb1\n", root.Text("etc/hosts"), StringComparison.Ordinal);
        Assert.Null(root.Text("etc/HOSTNAME"));
        Assert.Null(root.Text("var/lib/dbus/machine-id"));
    }

    [Fact]
    public void Write_OriginalWithMore_GetsThatToo()
    {
        using MemoryFolder root = new();
        using MemoryFolder original = new MemoryFolder().With("etc/HOSTNAME", "old").WithLink("var/lib/dbus/machine-id", "/etc/machine-id");

        Rules.Write(root, Rules.ToWrite(original), Web1);

        Assert.Equal("web1\n", root.Text("etc/HOSTNAME"));
        Assert.Equal("0123456789abcdef0123456789abcdef\n", root.Text("var/lib/dbus/machine-id"));
    }

    [Theory]
    [InlineData("etc/ssh/ssh_host_rsa_key")]
    [InlineData("var/log/apt/history.log")]
    [InlineData("var/log")]
    [InlineData("etc/machine-id")]
    [InlineData("root/.bash_history")]
    [InlineData("usr/share/doc/x")]
    public void In_AnyFolder_HasWhatAllRulesSayOfItsEntries(string text)
    {
        UnixPath path = UnixPath.Parse(text);
        Assert.Equal(Ask(Rules, text), IdentityRules.Ask(Rules.In(path.Parent), path, FileKind.Regular));
    }

    [Fact]
    public void In_FoldersOfPrograms_HasNothing() => Assert.Empty(Rules.In(UnixPath.Parse("usr/share/doc")));

    [Fact]
    public void Ask_AnEarlierSet_HasTheSay()
    {
        IdentityRules rules = new(
        [
            new IdentitySet { Keep = ["/var/log/audit/*"], LeaveOut = ["/etc/tool.key"], Empty = ["/etc/hostname"] },
            .. IdentityListReader.BuiltIn.Sets,
        ]);

        Assert.Null(Ask(rules, "var/log/audit/audit.log"));
        Assert.Equal(CopyAction.LeftOut, Ask(rules, "etc/tool.key"));
        Assert.Equal(CopyAction.Emptied, Ask(rules, "etc/hostname"));
        Assert.DoesNotContain(UnixPath.Parse("etc/hostname"), rules.ToWrite(new HashSet<UnixPath>()));
    }

    [Fact]
    public void ToWrite_TwoOfOnePath_IsTheFirst()
    {
        IdentityRules rules = new(
        [
            new IdentitySet { Write = [new IdentityFile { Path = "/etc/hosts", Content = "::1 {hostName} {machineId}\n", Mode = "0600" }] },
            .. IdentityListReader.BuiltIn.Sets,
        ]);
        using MemoryFolder root = new();

        rules.Write(root, rules.ToWrite(root), Web1);

        Assert.Equal("::1 web1 0123456789abcdef0123456789abcdef\n", root.Text("etc/hosts"));
        using IFolder etc = root.TryOpenFolder(UnixPath.Parse("etc"))!;
        Assert.Equal(0x180u, etc.Find(UnixPath.Parse("hosts"))?.Permissions);
    }

    private static CopyAction? Ask(IdentityRules rules, string path) => IdentityRules.Ask(rules.In(UnixPath.Parse(path).Parent), UnixPath.Parse(path), FileKind.Regular);
}
