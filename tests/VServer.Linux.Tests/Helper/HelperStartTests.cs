using VServer.Errors;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Helper;

[Collection(GuestCollection.Name)]
public sealed class HelperStartTests(GuestImage image)
{
    [GuestFact]
    public void Start_StoppedGuest_IsFoundUntilItIsStopped()
    {
        using TestGuest guest = new(image);

        GuestProcess started = guest.Start();
        GuestProcess? found = guest.Host.Find(guest.Place);
        StopEnd stopped = guest.Stop();

        Assert.Equal((started.Monitor, started.Init), (found?.Monitor, found?.Init));
        Assert.InRange(started.Started, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal(StopStep.Signal, stopped.Step);
        Assert.Null(guest.Host.Find(guest.Place));
        Assert.False(Directory.Exists($"/proc/{started.Init}"));
    }

    [GuestFact]
    public void Start_RunningGuest_IsRefused()
    {
        using TestGuest guest = new(image);
        guest.Start();

        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Equal(ErrorIds.GuestRunning, refused.ErrorId);
        Assert.NotNull(guest.Host.Find(guest.Place));
    }

    [GuestFact]
    public void Start_IdsOfARunningGuest_IsRefusedUntilThatEnds()
    {
        using TestGuest first = new(image);
        using TestGuest second = new(image);
        first.Start();
        // Of another store, but on the same host; with one id in common.
        string run = $"{Path.GetDirectoryName(Path.GetDirectoryName(first.Place.Run))}/other/{second.Place.Name}";
        StartOrder order = new() { Place = second.Place with { Run = run }, Config = second.Config with { IdBase = first.Config.IdBase + 65535 }, Console = second.Console };

        VServerException refused = Assert.Throws<VServerException>(() => second.Host.Start(order, CancellationToken.None));

        Assert.Equal(ErrorIds.GuestIdsTaken, refused.ErrorId);
        Assert.False(second.Host.HasDelta(second.Place));
        first.Stop();
        second.Host.Start(order, CancellationToken.None);
        second.Host.Stop(order.Place, TimeSpan.Zero, discard: false, CancellationToken.None);
    }

    [GuestFact]
    public void Start_MissingTree_NamesIt()
    {
        using TestGuest guest = new(image);
        Directory.Delete(guest.Place.Tree, recursive: true);

        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Equal(ErrorIds.TreeInvalid, refused.ErrorId);
        Assert.Contains(guest.Place.Tree, refused.Message, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Start_MissingProgram_LeavesNothingBehind()
    {
        using TestTree looks = new();
        using TestGuest guest = new(image, image.HelperBetweenLooks(looks.Path));
        guest.Config = guest.Config with { Command = ["/no/such"], Init = InitStyle.Plain };

        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Equal(ErrorIds.CommandFailed, refused.ErrorId);
        Assert.Contains("/no/such", refused.Message, StringComparison.Ordinal);
        Assert.False(guest.Host.HasDelta(guest.Place));
        Assert.Equal(looks.Run("cat before"), looks.Run("cat after"));
        Assert.Equal("", guest.Cgroups);
        Assert.Equal("lock", Shell.Run("ls", guest.Place.Run));
    }

    [GuestFact]
    public void Start_OnFullFileSystem_SaysSoAndLeavesNothingMounted()
    {
        using TestGuest guest = new(image);
        using MountedFolder small = new($"{guest.Folder}/small", "-t tmpfs -o size=8k,nr_inodes=4 none");
        Shell.Run("mkdir tree delta", small.Path);
        GuestPlace place = guest.Place with { Tree = $"{small.Path}/tree", Upper = $"{small.Path}/delta/upper", Work = $"{small.Path}/delta/work" };

        VServerException refused = Assert.Throws<VServerException>(
            () => guest.Host.Start(new StartOrder { Place = place, Config = guest.Config, Console = guest.Console }, CancellationToken.None));

        Assert.Equal(ErrorIds.StoreFull, refused.ErrorId);
    }

    [GuestFact]
    public void Start_CancelledBefore_DoesNothing()
    {
        using TestGuest guest = new(image);
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => guest.Start(source.Token));

        Assert.Null(guest.Host.Find(guest.Place));
    }

    [GuestFact]
    public void Start_MissingHelper_SaysWhere()
    {
        using TestGuest guest = new(image);
        Linux.Helper.HelperGuestHost host = new("/no/such/vserver-helper");

        VServerException refused = Assert.Throws<VServerException>(() => host.Probe("/", CancellationToken.None));

        Assert.Equal(ErrorIds.HelperFailed, refused.ErrorId);
        Assert.Contains("/no/such/vserver-helper", refused.Message, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Start_ProgramThatWrites_IsOnItsConsole()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["sh", "-c", "echo to stdout; echo to stderr >&2; echo again > /dev/stdout"] };

        guest.Start();
        guest.Stop();

        Assert.Equal("to stdout\nto stderr\nagain\n", File.ReadAllText(guest.Console));
    }

    [GuestFact]
    public void Reserve_StoppedGuest_KeepsItFromBeingStarted()
    {
        using TestGuest guest = new(image);

        using (guest.Host.Reserve(guest.Place, shared: true))
        using (guest.Host.Reserve(guest.Place, shared: true))
        {
            Assert.Equal(ErrorIds.GuestBusy, Assert.Throws<VServerException>(guest.Start).ErrorId);
            Assert.Equal(ErrorIds.GuestBusy, Assert.Throws<VServerException>(() => guest.Host.Reserve(guest.Place, shared: false)).ErrorId);
        }

        guest.Start();
        Assert.Equal(ErrorIds.GuestRunning, Assert.Throws<VServerException>(() => guest.Host.Reserve(guest.Place, shared: true)).ErrorId);
    }

    [GuestFact]
    public void Monitor_Killed_TakesTheGuestWithIt()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["sh", "-c", "trap '' TERM HUP INT; while :; do sleep 1; done"] };
        GuestProcess started = guest.Start();
        guest.Run("echo kept > /tmp/kept");

        Shell.Run($"kill -9 {started.Monitor}");
        Shell.Run($"timeout 60 tail -s 0.1 --pid={started.Init} -f /dev/null");

        Assert.Null(guest.Host.Find(guest.Place));
        Assert.Equal("kept\n", File.ReadAllText($"{guest.Place.Tree}/tmp/kept"));
        Assert.Equal("ended\nlock", Shell.Run("ls", guest.Place.Run));
        Assert.Null(guest.Host.FindEnd(guest.Place)!.Init);
        Assert.Equal(StopStep.Gone, guest.Stop().Step);
    }

    [GuestFact]
    public void Stop_GuestThatIgnoresItsSignal_IsKilledAfterTheGrace()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["sleep", "1000"] };
        guest.Start();

        StopEnd stopped = guest.Host.Stop(guest.Place, TimeSpan.FromMilliseconds(100), discard: false, CancellationToken.None);

        Assert.Equal(StopStep.Kill, stopped.Step);
        Assert.InRange(stopped.Elapsed, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20));
    }

    [GuestFact]
    public void Stop_Cancelled_KillsAtOnce()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["sleep", "1000"] };
        guest.Start();
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(200));

        StopEnd stopped = guest.Host.Stop(guest.Place, TimeSpan.FromMinutes(10), discard: false, source.Token);

        Assert.Equal(StopStep.Kill, stopped.Step);
        Assert.InRange(stopped.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [GuestFact]
    public void Stop_StoppedGuest_IsGone()
    {
        using TestGuest guest = new(image);

        Assert.Equal(new StopEnd(StopStep.Gone, TimeSpan.Zero, null), guest.Stop());
    }

    [GuestFact]
    public void Probe_FileSystemWithoutIdMaps_SaysSo()
    {
        using TestGuest guest = new(image);
        using MountedFolder ram = new($"{guest.Folder}/ram", "-t ramfs none");

        Dictionary<string, HostFeature> features = guest.Host.Probe(ram.Path, CancellationToken.None).ToDictionary(static feature => feature.Name);

        Assert.Equal(["cgroup-v2", "cpu-max", "hard-links", "idmapped-mounts", "immutable", "io-weight", "memory-max", "openat2", "overlay", "overlay-idmapped", "pidfd", "pids-max", "reflinks", "user-namespaces"], features.Keys.Order());
        Assert.False(features["idmapped-mounts"].Available);
        Assert.NotEqual(0, features["idmapped-mounts"].NativeError);
        Assert.NotEqual("", features["idmapped-mounts"].Detail);
        Assert.True(features["openat2"].Available);
        Assert.Empty(Directory.EnumerateFileSystemEntries(ram.Path));
    }
}
