using VServer.Errors;
using VServer.Linux.Tests.Trees;
using VServer.Networks;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>What a guest's root is made of: which mounts, how they are covered, and what a hostile tree makes of them.</summary>
[Collection(GuestCollection.Name)]
public sealed class HelperRootTests(GuestImage image)
{
    [GuestFact]
    public void Mounts_OfAGuest_ArePrivateAndTellNothingOfTheHost()
    {
        using TestGuest guest = Started();

        string[] lines = guest.Run("cat /proc/self/mountinfo").Split('\n');

        Assert.DoesNotContain(lines, static line => line.Contains("shared:", StringComparison.Ordinal) || line.Contains("master:", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(guest.Folder, StringComparison.Ordinal));
        Assert.All(lines.Select(static line => line.Split(' ')[4]), static point => Assert.Matches("^/(|dev|proc|sys)(/.*|$)", point));
    }

    [GuestFact]
    public void Mount_OfTheHostMadeLater_IsNotSeenInside()
    {
        using TestGuest guest = Started();
        Shell.Run($"mount -t tmpfs none '{guest.Place.Tree}/tmp'; touch '{guest.Place.Tree}/tmp/hosts'");
        try
        {
            Assert.Equal("", guest.Run("ls /tmp"));
        }
        finally
        {
            Shell.Run($"umount '{guest.Place.Tree}/tmp'");
        }
    }

    [GuestFact]
    public void ProcFiles_ThatTellOfTheHost_AreEachTheNullDeviceAndReadOnly()
    {
        using TestGuest guest = Started();
        const string names = "kcore keys kallsyms latency_stats timer_list sched_debug kpagecount kpageflags kpagecgroup vmallocinfo sysrq-trigger";

        // Those that this kernel has.
        string[] there = Shell.Run($"cd /proc; ls -d {names} 2>/dev/null || true").Split('\n');

        Assert.NotEmpty(there);
        Assert.Equal(there.Select(static name => $"{name} 1:3").Order(StringComparer.Ordinal), guest.Run($"cd /proc; stat -c '%n %t:%T' {string.Join(' ', there)}").Split('\n').Order(StringComparer.Ordinal));
        Assert.All(there, name => Assert.StartsWith("ro,", MountOf(guest, $"/proc/{name}")[5], StringComparison.Ordinal));
    }

    [GuestFact]
    public void ProcFolders_ThatTellOfTheHost_AreEmptyAndReadOnly()
    {
        using TestGuest guest = Started();

        foreach (string name in Shell.Run("ls -d /proc/acpi /proc/asound /proc/scsi /proc/dynamic_debug /sys/firmware /sys/devices/virtual/powercap 2>/dev/null || true").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.StartsWith("ro,", MountOf(guest, name)[5], StringComparison.Ordinal);
            Assert.Equal("", guest.Run($"ls {name} 2>/dev/null || true"));
            Assert.Equal("refused", guest.Run($"touch {name}/x 2>/dev/null || echo refused"));
        }
    }

    [GuestFact]
    public void ProcFolders_ThatChangeTheHost_AreReadOnlyAllButTheGuestsNetwork()
    {
        using TestGuest guest = Started();

        foreach (string name in Shell.Run("cd /proc; ls -d bus fs irq sys 2>/dev/null || true").Split('\n'))
        {
            Assert.StartsWith("ro,", MountOf(guest, $"/proc/{name}")[5], StringComparison.Ordinal);
        }

        Assert.StartsWith("rw,", MountOf(guest, "/proc/sys/net")[5], StringComparison.Ordinal);
        Assert.StartsWith("ro,", MountOf(guest, "/sys")[5], StringComparison.Ordinal);
        string before = Shell.Run("cat /proc/sys/net/ipv4/ip_default_ttl");
        Assert.Equal("33", guest.Run("echo 33 > /proc/sys/net/ipv4/ip_default_ttl; cat /proc/sys/net/ipv4/ip_default_ttl"));
        Assert.Equal(before, Shell.Run("cat /proc/sys/net/ipv4/ip_default_ttl"));
    }

    [GuestFact]
    public void Proc_WithTheHostsNetwork_IsReadOnlyThereToo()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Network = NetworkName.Host };
        guest.Start();

        Assert.Equal("refused", guest.Run("(echo 64 > /proc/sys/net/ipv4/ip_default_ttl) 2>/dev/null || echo refused"));
        Assert.StartsWith("ro,", MountOf(guest, "/sys")[5], StringComparison.Ordinal);
        Assert.Equal("", guest.Run("ls /sys/firmware 2>/dev/null || true; ls -A /sys/fs/cgroup /sys/kernel/debug 2>/dev/null | grep -v : || true").Trim());
    }

    [GuestFact]
    public void Start_NullOfTheHostThatIsAnotherFile_IsRefused()
    {
        // It would be laid over what is to be hidden, and be read through it (CVE-2025-31133).
        string secret = $"{image.Root}/null";
        using TestGuest guest = new(image, image.HelperAfter($"echo secret > {secret}; mount --bind {secret} /dev/null"));

        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Contains("/dev/null", refused.Message, StringComparison.Ordinal);
        Assert.Null(guest.Host.Find(guest.Place));
    }

    [GuestTheory]
    [InlineData("dev")]
    [InlineData("proc")]
    [InlineData("sys")]
    public void Start_LinkWhereTheKernelsFilesGo_IsRefusedAndNotFollowed(string name)
    {
        using TestGuest guest = new(image);
        string outside = $"{guest.Folder}/outside";
        Directory.CreateDirectory(outside);
        File.CreateSymbolicLink($"{guest.Place.Tree}/{name}", outside);

        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Equal(ErrorIds.TreeInvalid, refused.ErrorId);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [GuestFact]
    public void Start_HostileFilesInDev_AreCoveredAndUntouched()
    {
        using TestGuest guest = new(image);
        Shell.Run("mkdir -p dev/pts dev/shm; echo mine > victim; for name in null zero tty ptmx pts/ptmx console shm/x; do ln -s /victim dev/$name; done; mkfifo dev/reboot", guest.Place.Tree);
        guest.Start();

        guest.Run("echo lost > /dev/null; ls /dev/shm");

        Assert.Equal("mine", guest.Run("cat /victim"));
        Assert.Equal("character special file", guest.Run("stat -c %F /dev/null"));
        Assert.Equal("", guest.Run("ls /dev/shm"));
    }

    [GuestTheory]
    [InlineData("../../../../../../../../etc")]
    [InlineData("/proc/1/root/etc")]
    [InlineData("/proc/self/fd/0")]
    public void Execute_EtcThatIsALink_NamesNoUserOfTheHost(string target)
    {
        using TestGuest guest = new(image);
        string user = Shell.Run("cut -d: -f1 /etc/passwd | sed -n 2p");
        Shell.Run($"rm -r etc; ln -s '{target}' etc", guest.Place.Tree);
        guest.Start();

        VServerException refused = Assert.Throws<VServerException>(() => guest.Run(guest.Order("id") with { User = user }, out _));

        Assert.Contains($"no user '{user}'", refused.Message, StringComparison.Ordinal);
        Assert.Equal("0", guest.Run("id -u"));
    }

    [GuestFact]
    public void Execute_PasswdThatIsAFifo_DoesNotHang()
    {
        using TestGuest guest = new(image);
        Shell.Run("rm etc/passwd; mkfifo etc/passwd", guest.Place.Tree);
        guest.Start();

        Assert.Equal("0", guest.Run("id -u"));
    }

    // The last of those mounted there: field 5 of mountinfo is where, 6 the mount's own options.
    private static string[] MountOf(TestGuest guest, string point) =>
        guest.Run("cat /proc/self/mountinfo").Split('\n').Select(static line => line.Split(' ')).Last(fields => fields[4] == point);

    private TestGuest Started()
    {
        TestGuest guest = new(image);
        guest.Start();
        return guest;
    }
}
