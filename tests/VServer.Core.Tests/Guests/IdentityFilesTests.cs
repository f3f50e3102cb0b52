using VServer.Core.Tests.Fakes;
using VServer.Guests;
using Xunit;

namespace VServer.Core.Tests.Guests;

public sealed class IdentityFilesTests
{
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
    public void IsLeftOut_WhatTellsSystemsApart_Is(string path) => Assert.True(IdentityFiles.IsLeftOut(UnixPath.Parse(path)));

    [Theory]
    [InlineData("etc/hosts.allow")]
    [InlineData("etc/ssh/sshd_config")]
    [InlineData("etc/ssh/ssh_config.d/ssh_host_x")]
    [InlineData("usr/share/etc/hostname")]
    [InlineData("var/log/syslog")]
    [InlineData("var/lib/dhcp")]
    public void IsLeftOut_AllElse_IsNot(string path) => Assert.False(IdentityFiles.IsLeftOut(UnixPath.Parse(path)));

    [Theory]
    [InlineData("var/log/syslog", true)]
    [InlineData("var/log/apt/history.log", true)]
    [InlineData("var/logs/x", false)]
    [InlineData("etc/var/log/x", false)]
    public void IsEmptied_Logs_Are(string path, bool expected) => Assert.Equal(expected, IdentityFiles.IsEmptied(UnixPath.Parse(path)));

    [Fact]
    public void Write_EmptyTree_GetsWhatEverySystemHas()
    {
        using MemoryFolder root = new();
        using MemoryFolder original = new();

        IdentityFiles.Write(root, original, Web1);

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

        IdentityFiles.Write(root, original, Web1);

        Assert.Equal("web1\n", root.Text("etc/HOSTNAME"));
        Assert.Equal("0123456789abcdef0123456789abcdef\n", root.Text("var/lib/dbus/machine-id"));
    }
}
