using VServer.Linux.Tests.Packages;
using Xunit;

namespace VServer.Linux.Tests.Templates;

/// <summary>One template of this very host's packages, looked at with the system's own tools.</summary>
public sealed class HostTemplateTests : IClassFixture<HostTemplate>
{
    private readonly HostTemplate made;

    public HostTemplateTests(HostTemplate made) => this.made = made;

    [DpkgFact]
    public void Create_HostPackages_DpkgFindsThemAllInOrder()
    {
        Assert.Equal("", made.Run("dpkg --root=\"$PWD/store/refbox\" --audit"));
        Assert.Equal("", made.Run("dpkg --root=\"$PWD/store/refbox\" -l | sed '1,5d' | grep -v '^ii' || true"));
        Assert.Equal("bash", made.Run("dpkg-query --root=\"$PWD/store/refbox\" -W -f '${Package}' bash"));
    }

    [DpkgFact]
    public void Create_HostPackages_VerifyAsTheHostsDo() => Assert.Equal(
        "",
        made.Run("packages=$(dpkg-query --root=\"$PWD/store/refbox\" -W -f '${binary:Package} '); dpkg --root=\"$PWD/store/refbox\" --verify | sort >template || true; dpkg --verify $packages | sort >host || true; comm -23 template host"));

    [DpkgFact]
    public void Create_HostPackages_AreTheHostsFiles()
    {
        const string View = "xargs -0 -a \"$names\" sh -c 'exec find \"$@\" -maxdepth 0 -printf \"%p|%y|%m|%U|%G|%T@|%l\\n\"' sh";
        made.Run("cd store/refbox; find usr \\( -type f -o -type l \\) -print0 >../../names");
        Assert.Equal(
            "",
            made.Run($"names=$PWD/names; (cd store/refbox; {View}) >template; (cd /; {View}) >host; diff template host | grep '^[<>]' | grep -v '|l|' || true"));
        Assert.Equal("", made.Run("for f in store/refbox/usr/bin/*; do [ ! -f $f ] || [ -L $f ] || cmp $f /usr/bin/${f##*/}; done"));
    }

    [DpkgFact]
    public void Create_HostPackages_RunInIt()
    {
        Assert.Equal("root /root /bin/bash", made.Run("chroot store/refbox /bin/bash -c 'echo $(id -un) $(getent passwd root | cut -d: -f6,7 --output-delimiter=\" \")'"));
        Assert.Equal("x", made.Run("chroot store/refbox /bin/sh -c 'echo x | awk \"{ print }\"'"));
        Assert.Equal("", made.Run("chroot store/refbox dpkg --audit"));
        Assert.Contains("Value: /usr/bin/", made.Run("chroot store/refbox update-alternatives --query awk"), StringComparison.Ordinal);
    }
}
