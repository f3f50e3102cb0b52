using System.Globalization;
using VServer.Errors;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Helper;

[Collection(GuestCollection.Name)]
public sealed class HelperLifeTests(GuestImage image)
{
    private const long MonitorLimitKilobytes = 1024;

    [GuestFact]
    public void Restart_OnFailure_StartsItAgainUntilItEndsWell()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with
        {
            Init = InitStyle.Plain,
            Restart = RestartPolicy.OnFailure,
            Command = ["sh", "-c", "echo x >> /root/count; [ $(stat -c %s /root/count) -ge 6 ]"],
        };

        guest.Start();

        Assert.True(guest.Stopped());
        Assert.Equal("x\nx\nx\n", File.ReadAllText($"{guest.Place.Tree}/root/count"));
        Assert.Equal(new ProgramEnd(Signaled: false, 0), guest.Host.FindEnd(guest.Place)?.Init);
    }

    [GuestFact]
    public void Restart_Never_ToldHowItEnded()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["sh", "-c", "exit 7"] };

        guest.Start();

        Assert.True(guest.Stopped());
        GuestEnd end = guest.Host.FindEnd(guest.Place)!;
        Assert.Equal((new ProgramEnd(Signaled: false, 7), false, false), (end.Init, end.Asked, end.TooOften));
    }

    [GuestFact]
    public void Restart_Always_EndsAtTheLimitWithNothingLeft()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with
        {
            Init = InitStyle.Plain,
            Restart = RestartPolicy.Always,
            RestartLimit = 4,
            Command = ["sh", "-c", "echo x >> /root/count"],
        };

        guest.Start();

        Assert.True(guest.Stopped());
        Assert.True(guest.Host.FindEnd(guest.Place)?.TooOften);
        Assert.Equal("x\nx\nx\nx\nx\n", File.ReadAllText($"{guest.Place.Tree}/root/count"));
        Assert.Equal("ended\nlock", Shell.Run("ls", guest.Place.Run));
        Assert.Equal("", guest.Cgroups);
    }

    [GuestFact]
    public void Start_OfOneThatIsJustSettled_IsRefusedAsBusyAndNotAsRunning()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["sh", "-c", "mkdir /root/many; cd /root/many; seq 10000 | while read n; do : >$n; done"] };
        guest.Start();
        Assert.True(SpinWait.SpinUntil(() => guest.Host.Find(guest.Place) is null, TimeSpan.FromSeconds(60)));

        // Where it has been settled already, there is nothing to refuse.
        Exception? failure = Record.Exception(guest.Start);

        Assert.True(failure is null or VServerException { ErrorId: ErrorIds.GuestBusy }, failure?.Message);
    }

    [GuestFact]
    public void Restart_StoppedWhileItRestarts_Ends()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Restart = RestartPolicy.Always, RestartLimit = 100, Command = ["sh", "-c", "exit 1"] };

        guest.Start();
        guest.Stop();

        Assert.Null(guest.Host.Find(guest.Place));
        Assert.False(guest.Host.FindEnd(guest.Place)?.TooOften);
    }

    [GuestFact]
    public void Restart_ReapersCommandThatFails_RestartsTheGuest()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with
        {
            Restart = RestartPolicy.OnFailure,
            Command = ["sh", "-c", "echo x >> /root/count; [ $(stat -c %s /root/count) -ge 4 ]"],
        };

        guest.Start();

        Assert.True(SpinWait.SpinUntil(() => guest.Host.Find(guest.Place) is { Restarts: 1, Command.IsFailure: false }, TimeSpan.FromSeconds(20)));
    }

    [GuestFact]
    public void Command_OfTheReaperThatFails_IsToldWhileTheGuestRuns()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Command = ["sh", "-c", "kill -9 $$"] };

        guest.Start();

        Assert.True(SpinWait.SpinUntil(() => guest.Host.Find(guest.Place)?.Command == new ProgramEnd(Signaled: true, 9), TimeSpan.FromSeconds(20)));
        Assert.Equal("on", guest.Run("echo on"));
    }

    [GuestFact]
    public void Script_StartAndStop_RunBeforeAndAfter()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with
        {
            Init = InitStyle.Script,
            Command = ["sh", "-c", "sleep 0.2; echo started; sleep 1000 & echo $! > /tmp/service"],
            StopCommand = ["sh", "-c", "kill -0 $(cat /tmp/service) && echo alive; echo stopped"],
        };

        guest.Start();
        Assert.Equal("started\n", File.ReadAllText(guest.Console));
        Assert.Equal(StopStep.Signal, guest.Stop().Step);

        Assert.Equal("started\nalive\nstopped\n", File.ReadAllText(guest.Console));
    }

    [GuestFact]
    public void Script_StartThatFails_IsUndone()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Script, Command = ["sh", "-c", "sleep 1000 & touch /root/made; exit 3"] };

        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Equal(ErrorIds.StartFailed, refused.ErrorId);
        Assert.Contains("exit code 3", refused.Message, StringComparison.Ordinal);
        Assert.Equal("lock", Shell.Run("ls", guest.Place.Run));
        Assert.False(guest.Host.HasDelta(guest.Place));
        Assert.False(File.Exists($"{guest.Place.Tree}/root/made"));
    }

    [GuestFact]
    public async Task Script_StartThatIsCancelled_IsUndone()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Script, Command = ["sh", "-c", "echo up; exec sleep 1000"] };
        using CancellationTokenSource source = new();
        Task cancelling = Task.Run(() =>
        {
            SpinWait.SpinUntil(() => File.Exists(guest.Console) && File.ReadAllText(guest.Console) == "up\n", TimeSpan.FromSeconds(60));
            source.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(() => guest.Start(source.Token));
        await cancelling;

        Assert.Null(guest.Host.Find(guest.Place));
        Assert.Equal("lock", Shell.Run("ls", guest.Place.Run));
    }

    [GuestFact]
    public void Script_StopThatHangs_IsKilledAfterTheGrace()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Script, Command = ["true"], StopCommand = ["sleep", "1000"] };
        guest.Start();

        StopEnd end = guest.Host.Stop(guest.Place, TimeSpan.FromMilliseconds(300), discard: false, CancellationToken.None);

        Assert.Equal(StopStep.Kill, end.Step);
    }

    [GuestFact]
    public void SysV_LinksOfItsRunLevels_RunInTheirOrder()
    {
        using TestGuest guest = new(image);
        Shell.Run(
            """
            mkdir -p etc/init.d etc/rc3.d etc/rc6.d
            for name in one two; do printf '#!/bin/sh\necho %s $1 $RUNLEVEL\n' $name > etc/init.d/$name; chmod +x etc/init.d/$name; done
            ln -s ../init.d/two etc/rc3.d/S20two; ln -s ../init.d/one etc/rc3.d/S10one
            ln -s ../init.d/two etc/rc6.d/K10two; ln -s ../init.d/one etc/rc6.d/S90one
            """,
            guest.Place.Tree);
        guest.Config = guest.Config with { Init = InitStyle.SysV };

        guest.Start();
        guest.Stop();

        Assert.Equal("one start 3\ntwo start 3\ntwo stop 6\none stop 6\n", File.ReadAllText(guest.Console));
    }

    [GuestFact]
    public void SysV_WithoutRunLevels_IsRefused()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.SysV };

        Assert.Contains("exit code 127", Assert.Throws<VServerException>(guest.Start).Message, StringComparison.Ordinal);
        Assert.Contains("neither /etc/init.d/rc", File.ReadAllText(guest.Console), StringComparison.Ordinal);
    }

    [GuestFact(Needs = "/sys/fs/cgroup/unified")]
    public void Systemd_CgroupsOfItsOwn_AreBoundedAndRemoved()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with
        {
            Init = InitStyle.Systemd,
            Command = ["sh", "-c", "cd /sys/fs/cgroup; mkdir a a/b .c .c/d && echo $$ > a/b/cgroup.procs && echo made; mkdir -p 1/2/3/4/5/6/7/8/9 || echo bounded; echo 1 > cgroup.freeze || echo refused; sleep 1000"],
        };
        guest.Start();
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText(guest.Console).Contains("refused", StringComparison.Ordinal), TimeSpan.FromSeconds(20)));

        StopEnd end = guest.Host.Stop(guest.Place, TimeSpan.FromMilliseconds(100), discard: false, CancellationToken.None);

        Assert.Equal(StopStep.Kill, end.Step);
        Assert.Equal(["made", "bounded", "refused"], File.ReadAllLines(guest.Console).Where(static line => !line.Contains(':', StringComparison.Ordinal)));
        Assert.Equal("", guest.Cgroups);
    }

    [GuestFact]
    public void Systemd_HostWithoutCgroupVersionTwo_IsRefusedByName()
    {
        using TestGuest guest = new(image, image.HelperAfter("umount -l /sys/fs/cgroup"));
        guest.Config = guest.Config with { Init = InitStyle.Systemd };

        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Equal(ErrorIds.HostUnsupported, refused.ErrorId);
        Assert.Contains("cgroup version 2", refused.Message, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Console_GuestThatWritesWithoutEnd_IsBounded()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["sh", "-c", "seq 1000000; echo last"] };

        guest.Start();

        Assert.True(guest.Stopped());
        Assert.InRange(new FileInfo(guest.Console).Length, 1, 1100 * 1024);
        Assert.InRange(new FileInfo(guest.Console + ".1").Length, 1024 * 1024, 1100 * 1024);
        Assert.EndsWith("1000000\nlast\n", File.ReadAllText(guest.Console), StringComparison.Ordinal);
    }

    [GuestFact]
    public void Monitor_OfAnIdleGuest_TakesLessThanAMegabyte()
    {
        using TestGuest guest = new(image);
        GuestProcess started = guest.Start();
        guest.Run("true");

        string rollup = File.ReadAllText($"/proc/{started.Monitor}/smaps_rollup");

        string resident = rollup.Split('\n').First(static line => line.StartsWith("Rss:", StringComparison.Ordinal));
        Assert.InRange(long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture), 1, MonitorLimitKilobytes);
    }

    [GuestFact]
    public void Soak_StartExecuteStop_LeavesNothing()
    {
        using TestGuest guest = new(image);
        guest.Start();
        guest.Stop();
        string before = Describe();

        for (int round = 0; round < 25; round++)
        {
            guest.Start();
            Assert.Equal("on", guest.Run("echo on; touch /root/file"));
            guest.Stop();
        }

        Assert.True(SpinWait.SpinUntil(() => Describe() == before, TimeSpan.FromSeconds(20)), $"before:\n{before}\nafter:\n{Describe()}");
        Assert.Equal("ended\nlock", Shell.Run("ls", guest.Place.Run));
    }

    // All that one start could leave: mounts, cgroups, processes, what we hold to speak to helpers. Others on this host have theirs.
    private string Describe() => Shell.Run(
        $"""
        grep -c '{image.Root}' /proc/mounts || true
        find /sys/fs/cgroup -type d -path '*vserver/test-{Environment.ProcessId}-*' | wc -l
        find /proc/[0-9]*/fd -lname '{image.Root}/*' 2>/dev/null | wc -l
        find /proc/{Environment.ProcessId}/fd -lname 'socket:*' -o -lname '*vserver-request*' | wc -l
        """);
}
