using System.Globalization;
using VServer.Errors;
using VServer.Guests;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Helper;

[Collection(GuestCollection.Name)]
public sealed class LimitTests(GuestImage image)
{
    private const long MiB = 1024 * 1024;

    [LimitFact("pids")]
    public void PidsMax_ForkBomb_IsBounded()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { PidsMax = 20 };
        guest.Start();

        Assert.InRange(Number(guest.Run("exec hog forks 200")), 1, 19);
        Assert.Equal(20, guest.Host.ReadUsage(guest.Place)?.PidsMax);
        Assert.Equal("alive", guest.Run("echo alive"));
    }

    [LimitFact("memory")]
    public void MemoryMax_Hog_IsKilledAndNothingElse()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { MemoryMax = 32 * MiB };
        guest.Start();

        string end = guest.Run("exec hog memory 256");

        GuestUsage? usage = guest.Host.ReadUsage(guest.Place);
        Assert.StartsWith("killed ", end, StringComparison.Ordinal);
        Assert.InRange(Number(end), 1, 32);
        Assert.Equal(32 * MiB, usage?.MemoryMax);
        Assert.InRange(usage?.MemoryPeak ?? 0, 1, 32 * MiB);
        Assert.InRange(usage?.OomKills ?? 0, 1, 10);
        Assert.Equal("took 8", guest.Run("exec hog memory 8"));
    }

    [LimitFact("cpu")]
    public void CpuMax_Spinners_GetThatMuchOfAllProcessorsTogether()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { CpuMax = 0.2 };
        guest.Start();

        string[] used = guest.Run("exec hog spin 2000 4").Split(' ');

        GuestUsage? usage = guest.Host.ReadUsage(guest.Place);
        Assert.InRange(double.Parse(used[1], CultureInfo.InvariantCulture) / double.Parse(used[3], CultureInfo.InvariantCulture), 0, 0.35);
        Assert.Equal(0.2, usage?.CpuMax);
        Assert.InRange(usage?.Throttled ?? 0, 1, 1000);
        Assert.InRange(usage?.ThrottledTime ?? TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));
        Assert.InRange(usage?.CpuTime ?? TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
    }

    [GuestFact]
    public void Nice_IsSeenInsideAndNotToBeLowered()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Nice = 7, Init = InitStyle.Plain, Command = ["sh", "-c", "hog nice; exec sleep 1000"] };
        guest.Start();

        Assert.Equal("nice 7", guest.Run("exec hog nice"));
        Assert.Equal("refused nice 7", guest.Run("exec hog nice 6"));
        Assert.Equal("nice 9", guest.Run("exec hog nice 9"));
        Assert.Equal("nice 7\n", File.ReadAllText(guest.Console));
    }

    [LimitFact("pids")]
    public void Limit_RunningGuest_HoldsAndIsLiftedAtOnce()
    {
        using TestGuest guest = new(image);
        guest.Start();
        Assert.Equal("forked 100", guest.Run("exec hog forks 100"));

        Limit(guest, guest.Config with { PidsMax = 15, CpuMax = 1.5, Nice = 3 });

        GuestUsage? usage = guest.Host.ReadUsage(guest.Place);
        Assert.InRange(Number(guest.Run("exec hog forks 100")), 1, 14);
        Assert.Equal(15, usage?.PidsMax);
        Assert.InRange(usage?.PidsCurrent ?? 0, 1, 14);
        Assert.Equal(1.5, usage?.CpuMax);
        Assert.Equal("nice 3", guest.Run("exec hog nice"));

        Limit(guest, guest.Config);

        Assert.Equal("forked 100", guest.Run("exec hog forks 100"));
        Assert.Null(guest.Host.ReadUsage(guest.Place)?.PidsMax);
        Assert.Null(guest.Host.ReadUsage(guest.Place)?.CpuMax);
        Assert.Equal("nice 0", guest.Run("exec hog nice"));
        guest.Stop();
        Assert.Equal("", guest.Cgroups);
    }

    [LimitFact("pids")]
    public void Limit_GuestWithManyProcesses_MissesNone()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["sh", "-c", "for i in $(seq 60); do (while :; do sleep 0.01; done) & done; echo ready; wait"] };
        guest.Start();
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText(guest.Console) == "ready\n", TimeSpan.FromSeconds(60)));

        Limit(guest, guest.Config with { PidsMax = 500, Nice = 5 });

        Assert.InRange(guest.Host.ReadUsage(guest.Place)?.PidsCurrent ?? 0, 60, 500);
        Assert.Equal("", guest.Run("for p in /proc/[0-9]*; do read -r line < $p/stat || continue; set -- ${line##*) }; [ ${17} = 5 ] || echo $p; done 2>/dev/null"));
    }

    [LimitFact("memory")]
    public void Limit_MemoryThatWasNotCounted_IsRefusedAndNothingElseIsSet()
    {
        using TestGuest guest = new(image);
        guest.Start();
        if (guest.Host.ReadUsage(guest.Place)?.MemoryCurrent is not null)
        {
            // This host counts all guests.
            Limit(guest, guest.Config with { MemoryMax = 64 * MiB });
            Assert.Equal(64 * MiB, guest.Host.ReadUsage(guest.Place)?.MemoryMax);
            return;
        }

        VServerException refused = Assert.Throws<VServerException>(() => Limit(guest, guest.Config with { MemoryMax = 64 * MiB, PidsMax = 10 }));

        Assert.Equal(ErrorIds.LimitRefused, refused.ErrorId);
        Assert.Contains("not counted", refused.Message, StringComparison.Ordinal);
        Assert.Null(guest.Host.ReadUsage(guest.Place)?.PidsMax);
    }

    [LimitFact("memory")]
    public void Limit_MemoryOfGuestThatHasALimit_IsRaisedAndLowered()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { MemoryMax = 16 * MiB };
        guest.Start();
        Assert.StartsWith("killed", guest.Run("exec hog memory 40"), StringComparison.Ordinal);

        Limit(guest, guest.Config with { MemoryMax = 80 * MiB });
        Assert.Equal("took 40", guest.Run("exec hog memory 40"));

        Limit(guest, guest.Config with { MemoryMax = 24 * MiB });
        Assert.StartsWith("killed", guest.Run("exec hog memory 40"), StringComparison.Ordinal);
    }

    [LimitFact("pids")]
    public void Execute_GuestThatHasAllItsProcesses_StillEnters()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { PidsMax = 10, Init = InitStyle.Plain, Command = ["sh", "-c", "for i in $(seq 9); do sleep 1000 & done; wait"] };
        guest.Start();
        Assert.True(SpinWait.SpinUntil(() => guest.Host.ReadUsage(guest.Place)?.PidsCurrent == 10, TimeSpan.FromSeconds(30)));

        Assert.Equal("in", guest.Run("echo in"));
    }

    [LimitFact("memory")]
    public void Limit_LessMemoryThanItHas_IsRefusedWhereTheKernelKillsNobodyForIt()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { MemoryMax = 64 * MiB };
        guest.Start();
        guest.Run("head -c 40000000 /dev/zero >/dev/shm/held");
        if (!Directory.Exists("/sys/fs/cgroup/memory"))
        {
            Limit(guest, guest.Config with { MemoryMax = 16 * MiB });
            Assert.Equal(16 * MiB, guest.Host.ReadUsage(guest.Place)?.MemoryMax);
            return;
        }

        VServerException refused = Assert.Throws<VServerException>(() => Limit(guest, guest.Config with { MemoryMax = 16 * MiB }));

        Assert.Equal(ErrorIds.LimitRefused, refused.ErrorId);
        Assert.Contains("memory-max", refused.Message, StringComparison.Ordinal);
        Assert.Equal(64 * MiB, guest.Host.ReadUsage(guest.Place)?.MemoryMax);
    }

    [LimitFact("pids")]
    public void Restart_ByTheMonitor_KeepsLimitsAndNice()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Restart = RestartPolicy.Always, Init = InitStyle.Plain, Command = ["sh", "-c", "trap exit TERM; while :; do sleep 0.05; done"] };
        GuestProcess started = guest.Start();
        Limit(guest, guest.Config with { PidsMax = 25, Nice = 4 });

        Shell.Run($"kill -9 {started.Init}");
        Assert.True(SpinWait.SpinUntil(() => guest.Host.Find(guest.Place) is { Restarts: 1 }, TimeSpan.FromSeconds(30)));

        Assert.Equal("nice 4", guest.Run("exec hog nice"));
        Assert.InRange(Number(guest.Run("exec hog forks 200")), 1, 24);
        Assert.InRange(guest.Host.ReadUsage(guest.Place)?.PidsCurrent ?? 0, 1, 24);
        guest.Stop();
        Assert.Equal("", guest.Cgroups);
    }

    [LimitFact("pids")]
    public void Monitor_Killed_LeavesNoCgroupOfAnyHierarchyAfterTheNextLook()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { PidsMax = 30, MemoryMax = 64 * MiB, CpuMax = 1 };
        GuestProcess started = guest.Start();
        Assert.NotEqual("", guest.Cgroups);

        Shell.Run($"kill -9 {started.Monitor}");
        Shell.Run($"timeout 60 tail -s 0.1 --pid={started.Init} -f /dev/null");

        Assert.Null(guest.Host.Find(guest.Place));
        Assert.Equal("", guest.Cgroups);
    }

    [LimitFact("pids")]
    public void Start_AfterOneThatWasKilledBeforeItsState_HasNothingOfIt()
    {
        using TestGuest guest = new(image);
        string cgroup = $"vserver/{Path.GetFileName(Path.GetDirectoryName(guest.Place.Run))}/{guest.Place.Name}";
        string left = Shell.Run("for top in /sys/fs/cgroup/pids /sys/fs/cgroup /sys/fs/cgroup/unified; do [ -e $top/cgroup.procs ] && echo $top && break; done") + $"/{cgroup}";
        Shell.Run($"mkdir -p '{left}' '{guest.Place.Run}'; [ ! -e '{left}/pids.max' ] || echo 5 >'{left}/pids.max'; echo 7 >'{guest.Place.Run}/nice'");
        guest.Config = guest.Config with { Restart = RestartPolicy.Always, Init = InitStyle.Plain, Command = ["sh", "-c", "trap exit TERM; while :; do sleep 0.05; done"] };

        GuestProcess started = guest.Start();
        Assert.Equal("forked 100", guest.Run("exec hog forks 100"));
        Shell.Run($"kill -9 {started.Init}");
        Assert.True(SpinWait.SpinUntil(() => guest.Host.Find(guest.Place) is { Restarts: 1 }, TimeSpan.FromSeconds(30)));

        Assert.Equal("nice 0", guest.Run("exec hog nice"));
        Assert.Equal("forked 100", guest.Run("exec hog forks 100"));
        guest.Stop();
        Assert.Equal("", guest.Cgroups);
    }

    [LimitFact("pids")]
    public void Stop_RemovesTheCgroups_AndEphemeralGuestsAreHeldToo()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { PidsMax = 12, CpuMax = 2 };

        string output = guest.Run(guest.Order("hog", "forks", "100") with { Ephemeral = true }, out CommandEnd end);

        Assert.Equal(0, end.ExitCode);
        Assert.InRange(Number(output), 1, 11);
        Assert.Equal("", guest.Cgroups);
        guest.Start();
        guest.Stop();
        Assert.Equal("", guest.Cgroups);
    }

    [GuestFact]
    public void Start_HostWithoutAnyCgroup_RefusesEachLimitByNameAndRunsWithout()
    {
        using TestGuest guest = new(image, image.HelperAfter("mount -t tmpfs none /sys/fs/cgroup"));
        (string Key, GuestConfig Config)[] cases =
        [
            ("memory-max", guest.Config with { MemoryMax = 64 * MiB }),
            ("pids-max", guest.Config with { PidsMax = 10 }),
            ("cpu-max", guest.Config with { CpuMax = 1 }),
            ("io-weight", guest.Config with { IOWeight = 10 }),
        ];
        foreach ((string key, GuestConfig config) in cases)
        {
            guest.Config = config;
            VServerException refused = Assert.Throws<VServerException>(guest.Start);
            Assert.Equal(ErrorIds.LimitUnsupported, refused.ErrorId);
            Assert.Contains($"its {key}:", refused.Message, StringComparison.Ordinal);
            Assert.False(guest.Host.HasDelta(guest.Place));
            Assert.Equal("lock", Shell.Run("ls", guest.Place.Run));
        }

        guest.Config = cases[0].Config with { MemoryMax = 0, Nice = 2 };
        guest.Start();
        Assert.Equal("nice 2", guest.Run("exec hog nice"));
        Assert.Equal(["cpu-max", "io-weight", "memory-max", "pids-max"], Lacking(guest));
    }

    [LimitFact("memory", Needs = "/sys/fs/cgroup/pids")]
    public void Start_HostWithoutOneController_RefusesThatOneOnly()
    {
        using TestGuest guest = new(image, image.HelperAfter("umount -l /sys/fs/cgroup/pids"));
        guest.Config = guest.Config with { PidsMax = 10, MemoryMax = 64 * MiB };

        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Contains("its pids-max:", refused.Message, StringComparison.Ordinal);
        Assert.Equal("", guest.Cgroups);
        Assert.Contains("pids-max", Lacking(guest));
        Assert.DoesNotContain("memory-max", Lacking(guest));
        guest.Config = guest.Config with { PidsMax = 0 };
        guest.Start();
        Assert.StartsWith("killed", guest.Run("exec hog memory 128"), StringComparison.Ordinal);
    }

    private static void Limit(TestGuest guest, GuestConfig config) => guest.Host.Limit(guest.Place, config, CancellationToken.None);

    private static IEnumerable<string> Lacking(TestGuest guest) =>
        guest.Host.Probe("/var/tmp", CancellationToken.None).Where(static feature => !feature.Available && feature.Name.Contains("-max", StringComparison.Ordinal) | feature.Name == "io-weight").Select(static feature => feature.Name);

    private static long Number(string output) => long.Parse(output.Split(' ')[1], CultureInfo.InvariantCulture);
}
