using System.Diagnostics;
using VServer.Errors;
using VServer.Linux.Helper;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Helper;

[Collection(GuestCollection.Name)]
public sealed class HelperSuspendTests(GuestImage image)
{
    [GuestFact]
    public void Suspend_RunningGuest_StandsStillUntilResumed()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Command = ["sh", "-c", "while :; do echo x >> /tmp/count; done"] };
        guest.Start();
        string count = $"{guest.Place.Upper}/tmp/count";
        Shell.Run($"until [ -s '{count}' ]; do sleep 0.01; done");

        guest.Host.Suspend(guest.Place, suspended: true, CancellationToken.None);
        long before = new FileInfo(count).Length;
        bool suspended = guest.Host.Find(guest.Place)?.Suspended == true;
        Shell.Run("sleep 0.1");
        long after = new FileInfo(count).Length;
        guest.Host.Suspend(guest.Place, suspended: false, CancellationToken.None);

        Assert.True(suspended);
        Assert.Equal(before, after);
        Assert.False(guest.Host.Find(guest.Place)?.Suspended);
        Shell.Run($"timeout 20 sh -c 'until [ $(stat -c %s \"{count}\") -gt {after} ]; do sleep 0.01; done'");
    }

    [GuestFact]
    public void Suspend_Twice_IsAsOnce()
    {
        using TestGuest guest = new(image);
        guest.Start();

        guest.Host.Suspend(guest.Place, suspended: true, CancellationToken.None);
        guest.Host.Suspend(guest.Place, suspended: true, CancellationToken.None);

        Assert.True(guest.Host.Find(guest.Place)?.Suspended);
    }

    [GuestFact]
    public void Suspend_StoppedGuest_IsRefused()
    {
        using TestGuest guest = new(image);

        VServerException refused = Assert.Throws<VServerException>(() => guest.Host.Suspend(guest.Place, suspended: true, CancellationToken.None));

        Assert.Equal(ErrorIds.GuestNotRunning, refused.ErrorId);
    }

    [GuestFact]
    public void Execute_SuspendedGuest_IsRefusedInsteadOfHanging()
    {
        using TestGuest guest = new(image);
        guest.Start();
        guest.Host.Suspend(guest.Place, suspended: true, CancellationToken.None);

        VServerException refused = Assert.Throws<VServerException>(() => guest.Run("true"));

        Assert.Equal(ErrorIds.GuestSuspended, refused.ErrorId);
    }

    [GuestFact]
    public void Stop_SuspendedGuest_EndsBySignal()
    {
        using TestGuest guest = new(image);
        guest.Start();
        guest.Host.Suspend(guest.Place, suspended: true, CancellationToken.None);

        Assert.Equal(StopStep.Signal, guest.Stop().Step);
    }

    [GuestFact(Needs = "/sys/fs/cgroup/freezer")]
    public void Suspend_HostWithTheOldFreezerAlone_FreezesEndsAndLeavesNothing()
    {
        // A helper that sees no version 2: a mount namespace without it.
        using TestGuest guest = new(image, image.HelperAfter("umount /sys/fs/cgroup/unified"));
        guest.Start();

        guest.Host.Suspend(guest.Place, suspended: true, CancellationToken.None);

        Assert.True(guest.Host.Find(guest.Place)?.Suspended);
        Assert.Equal(ErrorIds.GuestSuspended, Assert.Throws<VServerException>(() => guest.Run("true")).ErrorId);
        guest.Host.Suspend(guest.Place, suspended: false, CancellationToken.None);
        Assert.Contains(":freezer:/", guest.Run("cat /proc/self/cgroup"), StringComparison.Ordinal);
        guest.Host.Suspend(guest.Place, suspended: true, CancellationToken.None);
        Shell.Run($"kill -9 {guest.Host.Find(guest.Place)!.Monitor}");
        Assert.True(SpinWait.SpinUntil(() => guest.Host.Find(guest.Place) is null, TimeSpan.FromSeconds(20)));
        Assert.Equal("", guest.Cgroups);
    }

    [GuestFact]
    public void Suspend_HostWithoutFreezer_IsRefusedByName()
    {
        using TestGuest guest = new(image, image.HelperAfter("umount -l /sys/fs/cgroup"));
        guest.Start();

        VServerException refused = Assert.Throws<VServerException>(() => guest.Host.Suspend(guest.Place, suspended: true, CancellationToken.None));

        Assert.Equal(ErrorIds.HostUnsupported, refused.ErrorId);
        Assert.Contains("freezer", refused.Message, StringComparison.Ordinal);
        Assert.Equal("on", guest.Run("echo on"));
    }

    [GuestFact]
    public async Task Wait_GuestThatChanges_IsToldOfEachState()
    {
        using TestGuest guest = new(image);
        Task<bool> running = Waiting(guest.Host, guest.Place, GuestState.Running);
        guest.Start();
        Assert.True(await running);

        Task<bool> suspended = Waiting(guest.Host, guest.Place, GuestState.Suspended);
        guest.Host.Suspend(guest.Place, suspended: true, CancellationToken.None);
        Assert.True(await suspended);

        Task<bool> resumed = Waiting(guest.Host, guest.Place, GuestState.Running);
        guest.Host.Suspend(guest.Place, suspended: false, CancellationToken.None);
        Assert.True(await resumed);

        Task<bool> stopped = Waiting(guest.Host, guest.Place, GuestState.Stopped);
        guest.Stop();
        Assert.True(await stopped);
    }

    [GuestFact]
    public async Task Wait_MonitorKilled_IsToldOfTheEnd()
    {
        using TestGuest guest = new(image);
        GuestProcess started = guest.Start();
        Task<bool> stopped = Waiting(guest.Host, guest.Place, GuestState.Stopped);

        Shell.Run($"kill -9 {started.Monitor}");

        Assert.True(await stopped);
    }

    [GuestFact]
    public void Wait_TimeOver_SaysSo()
    {
        using TestGuest guest = new(image);
        guest.Start();
        Stopwatch watch = Stopwatch.StartNew();

        Assert.False(guest.Host.Wait(guest.Place, GuestState.Stopped, TimeSpan.FromMilliseconds(150), CancellationToken.None));
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(20));
    }

    [GuestFact]
    public void Wait_Cancelled_Ends()
    {
        using TestGuest guest = new(image);
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(50));

        Assert.ThrowsAny<OperationCanceledException>(() => guest.Host.Wait(guest.Place, GuestState.Running, null, source.Token));
    }

    private static Task<bool> Waiting(HelperGuestHost host, GuestPlace place, GuestState state) => Task.Factory.StartNew(
        () => host.Wait(place, state, TimeSpan.FromSeconds(30), CancellationToken.None),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
