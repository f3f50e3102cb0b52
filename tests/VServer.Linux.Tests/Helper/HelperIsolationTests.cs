using System.Globalization;
using VServer.Linux.Tests.Trees;
using VServer.Networks;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>What the rest of the module relies on; each way out is tried by tests of its own.</summary>
[Collection(GuestCollection.Name)]
public sealed class HelperIsolationTests(GuestImage image)
{
    [GuestFact]
    public void Namespaces_OfAGuest_AreAllItsOwn()
    {
        using TestGuest guest = Started();
        const string look = "for name in user mnt pid uts ipc cgroup net time; do readlink /proc/self/ns/$name; done";

        string[] inside = guest.Run(look).Split('\n');

        Assert.Equal(8, inside.Length);
        Assert.Empty(inside.Intersect(Shell.Run(look).Split('\n')));
    }

    [GuestFact]
    public void Namespaces_OfACommand_AreThoseOfProcessOne()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["sleep", "1000"] };
        guest.Start();

        Assert.Equal("", guest.Run("for name in user mnt pid uts ipc cgroup net time; do [ $(readlink /proc/self/ns/$name) = $(readlink /proc/1/ns/$name) ] || echo $name; done"));
    }

    [GuestFact]
    public void Capabilities_OfTheGuestsRoot_AreTheOldCeiling()
    {
        using TestGuest guest = Started();

        Dictionary<string, ulong> sets = guest.Run("grep ^Cap /proc/self/status").Split('\n')
            .ToDictionary(static line => line.Split(':')[0], static line => ulong.Parse(line.Split(':')[1].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

        // CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP, NET_BIND_SERVICE, NET_ADMIN, NET_RAW, SYS_CHROOT, SYS_BOOT, AUDIT_WRITE, SETFCAP.
        int[] ceiling = [0, 1, 3, 4, 5, 6, 7, 8, 10, 12, 13, 18, 22, 29, 31];
        ulong expected = ceiling.Aggregate(0UL, static (set, bit) => set | (1UL << bit));
        Assert.Equal((expected, expected, expected, 0UL, 0UL), (sets["CapBnd"], sets["CapPrm"], sets["CapEff"], sets["CapInh"], sets["CapAmb"]));
    }

    [GuestFact]
    public void Capabilities_WithTheHostsNetwork_LackThoseOverIt()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Network = NetworkName.Host };
        guest.Start();

        ulong bounding = ulong.Parse(guest.Run("grep ^CapBnd /proc/self/status").Split(':')[1].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        Assert.Equal(0UL, bounding & ((1UL << 12) | (1UL << 13)));
    }

    [GuestFact]
    public void Capabilities_OfAPrivilegedGuestsRoot_AreTheSame()
    {
        using TestGuest guest = Started();
        using TestGuest privileged = new(image);
        privileged.Config = privileged.Config with { Privileged = true };
        privileged.Start();

        Assert.Equal(guest.Run("grep ^Cap /proc/self/status"), privileged.Run("grep ^Cap /proc/self/status"));
        Assert.Equal("Seccomp:\t2", privileged.Run("grep ^Seccomp: /proc/self/status"));
    }

    [GuestFact]
    public void Capabilities_OfAUser_AreNone()
    {
        using TestGuest guest = Started();

        string sets = guest.Run(guest.Order("grep", "-E", "^Cap(Inh|Prm|Eff|Amb)", "/proc/self/status") with { User = "joe" }, out _);

        Assert.All(sets.TrimEnd().Split('\n'), static line => Assert.EndsWith("\t0000000000000000", line, StringComparison.Ordinal));
    }

    [GuestFact]
    public void Calls_ThatAreRefused_SayWhetherForbiddenOrMissing()
    {
        using TestGuest guest = Started();
        Dictionary<string, string> expected = new()
        {
            ["keyctl"] = "EPERM", ["bpf"] = "EPERM", ["mount"] = "EPERM", ["unshare-user"] = "EPERM",
            // Programs go on with clone, whose flags a filter can read.
            ["clone3"] = "ENOSYS", ["next"] = "ENOSYS", ["far"] = "ENOSYS",
            ["socket-alg"] = "EAFNOSUPPORT", ["socket-tipc"] = "EAFNOSUPPORT", ["socketpair-tipc"] = "EAFNOSUPPORT",
            ["socket-unix"] = "done", ["socketpair-unix"] = "done", ["personality-layout"] = "EPERM", ["personality-asked"] = "done",
            ["set-flags"] = "EPERM", ["set-flags-32"] = "EPERM", ["set-flags-high"] = "EPERM", ["set-attributes"] = "EPERM", ["verity"] = "EPERM",
            ["type"] = "EPERM", ["console"] = "EPERM", ["discipline"] = "EPERM",
            ["old-getpid"] = "done", ["old-keyctl"] = "EPERM", ["old-mount"] = "EPERM", ["old-socketcall"] = "ENOSYS",
            ["old-socket-alg"] = "EAFNOSUPPORT", ["old-unshare-user"] = "EPERM", ["old-next"] = "ENOSYS",
            ["x32-getpid"] = "ENOSYS", ["x32-keyctl"] = "ENOSYS",
        };

        Dictionary<string, string> said = guest.Run("call_errors").Split('\n').ToDictionary(static line => line.Split(' ')[0], static line => line.Split(' ')[1]);

        // The other conventions are those of x86-64 alone.
        Assert.Equal(expected.Where(pair => said.ContainsKey(pair.Key)).OrderBy(static pair => pair.Key), said.OrderBy(static pair => pair.Key));
        Assert.InRange(said.Count, 22, int.MaxValue);
    }

    [GuestFact]
    public void Watches_AllThatAGuestCanHave_LeaveTheHostsRootItsOwn()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["/bin/hog", "watch", "900", "hold"] };
        guest.Start();
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText(guest.Console).Contains("watches", StringComparison.Ordinal), TimeSpan.FromSeconds(60)));

        Assert.Equal("watches 0", guest.Run("hog watch 1"));
        Assert.Equal("watches 1", Shell.Run($"'{Path.GetDirectoryName(image.Helper)}/check/hog' watch 1"));
    }

    [GuestFact]
    public void Network_Host_IsTheHostsAndNoOtherNamespaceIs()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Network = NetworkName.Host };
        guest.Start();
        const string look = "for name in net user mnt pid uts ipc cgroup; do readlink /proc/self/ns/$name; done";

        Assert.Equal([Shell.Run("readlink /proc/self/ns/net")], guest.Run(look).Split('\n').Intersect(Shell.Run(look).Split('\n')));
    }

    [GuestFact]
    public void Descriptors_OfACommand_AreThreeWhateverWeHaveOpen()
    {
        using TestGuest guest = Started();
        using FileStream secret = File.OpenRead("/etc/passwd");

        // The fourth is that of ls itself.
        Assert.Equal("0\n1\n2\n3", guest.Run("ls /proc/self/fd"));
        Assert.Equal("0\n1\n2", guest.Run("cd /proc/$$/fd; echo 0 1 2 $(echo [3-9]* [1-9][0-9]*) | grep -o '[0-9][0-9]*' | sort -u | head -3"));
    }

    [GuestFact]
    public void Proc_OfAGuest_HidesAndGuardsTheHost()
    {
        using TestGuest guest = Started();

        Assert.Equal("", guest.Run("for name in kcore keys kallsyms timer_list sysrq-trigger latency_stats sched_debug; do [ ! -e /proc/$name ] || cat /proc/$name; done"));
        Assert.Equal("refused", guest.Run("(echo 1 > /proc/sys/kernel/panic) 2>/dev/null || echo refused"));
        Assert.Equal("refused", guest.Run("(echo 1 > /proc/sys/vm/drop_caches) 2>/dev/null || echo refused"));
        Assert.Equal("1", guest.Run("echo 1 > /proc/sys/net/ipv4/ip_forward; cat /proc/sys/net/ipv4/ip_forward"));
        Assert.Equal("refused", guest.Run("mkdir /sys/fs/x 2>/dev/null || echo refused"));
    }

    [GuestFact]
    public void Dev_OfAGuest_HasTheHarmlessDevicesAndNoMore()
    {
        using TestGuest guest = Started();

        Assert.Equal("fd full mqueue null ptmx pts random reboot shm stderr stdin stdout tty urandom zero", guest.Run("echo $(ls /dev)"));
        Assert.Equal("0000", guest.Run("echo lost > /dev/null; head -c 2 /dev/zero | sha256sum | head -c 0; head -c 4 /dev/zero | while IFS= read -r -n 1 x; do :; done 2>/dev/null; printf 0000"));
    }

    [GuestFact]
    public void Devices_InTheTree_CannotBeOpened()
    {
        using TestGuest guest = new(image);
        Shell.Run("mknod -m 666 stolen c 1 3", guest.Place.Tree);
        guest.Start();

        Assert.Equal("refused", guest.Run("(echo > /stolen) 2>/dev/null || echo refused"));
    }

    [GuestFact]
    public void SharedFile_WhateverTheGuestDoesToIt_StaysAsItIsOutside()
    {
        using TestGuest guest = Started();
        string before = TestGuest.Describe(guest.Shared);

        guest.Run("echo x >> /etc/passwd; chmod 4777 /bin/sh; chown 5:5 /bin/cat; touch -d @1 /bin/ls; ln /bin/true /bin/also; mv /bin/false /bin/untrue; rm /bin/id; : > /bin/hostname");

        Assert.Equal(before, TestGuest.Describe(guest.Shared));
        guest.Stop();
        Assert.Equal(before, TestGuest.Describe(guest.Shared));
    }

    [GuestFact]
    public void Guest_NamesIdsAndProcesses_AreItsOwn()
    {
        using TestGuest guest = Started();

        Assert.Equal(guest.Config.HostName, guest.Run("hostname"));
        Assert.Equal("0", guest.Run("id -u"));
        Assert.Equal("1", guest.Run("echo /proc/[0-9]*/status | grep -c /proc/1/status"));
        Assert.Equal($"0 {guest.Config.IdBase} 65536", guest.Run("echo $(cat /proc/self/uid_map)"));
        Assert.InRange(guest.Run("ls -d /proc/[0-9]*").Split('\n').Length, 2, 5);
    }

    private TestGuest Started()
    {
        TestGuest guest = new(image);
        guest.Start();
        return guest;
    }
}
