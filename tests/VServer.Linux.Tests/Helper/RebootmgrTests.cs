using System.Net.Sockets;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>What the old rebootmgr did for the old vservers: a guest that asks gets a restart or an end of itself, and of nobody else.</summary>
[Collection(GuestCollection.Name)]
public sealed class RebootmgrTests(GuestImage image)
{
    private const int HangUp = 1;

    [GuestFact]
    public async Task Rebootmgr_RebootLine_RestartsThatGuestOnly()
    {
        using TestGuest guest = new(image);
        using TestGuest other = new(image);
        GuestProcess before = guest.Start();
        GuestProcess bystander = other.Start();
        guest.Run("echo kept > /root/kept");

        await Say(before, "reboot\n");

        GuestProcess after = Restarted(guest, before);
        Assert.Equal(before.Monitor, after.Monitor);
        Assert.Equal(1, after.Restarts);
        Assert.Equal("kept", guest.Run("cat /root/kept"));
        Assert.Equal(bystander.Init, other.Host.Find(other.Place)?.Init);
    }

    [GuestFact]
    public async Task Rebootmgr_HaltLine_StopsItAndSettles()
    {
        using TestGuest guest = new(image);
        GuestProcess before = guest.Start();
        guest.Run("echo kept > /root/kept");

        await Say(before, "halt\n");

        Assert.True(guest.Stopped());
        Assert.Equal("kept\n", await File.ReadAllTextAsync($"{guest.Place.Tree}/root/kept"));
        Assert.True(guest.Host.FindEnd(guest.Place)?.Asked);
    }

    [GuestFact]
    public async Task Rebootmgr_OtherLinesAndSilentCallers_DoNothing()
    {
        using TestGuest guest = new(image);
        GuestProcess before = guest.Start();
        using Socket silent = await Connect(before);

        await Say(before, "REBOOT now\n");
        await Say(before, new string('x', 4096));
        for (int caller = 0; caller < 10; caller++)
        {
            await Say(before, "");
        }

        Assert.Equal("on", guest.Run("echo on"));
        Assert.Equal(before.Init, guest.Host.Find(guest.Place)?.Init);
    }

    [GuestFact]
    public void Rebootmgr_DevReboot_IsTheRootsOnly()
    {
        using TestGuest guest = new(image);
        guest.Start();

        Assert.Equal("socket 600 0", guest.Run("stat -c '%F %a %u' /dev/reboot"));
    }

    [GuestFact]
    public void Reboot_SystemCall_Restarts()
    {
        using TestGuest guest = new(image);
        GuestProcess before = guest.Start();

        Reboot(guest, "reboot");

        Assert.Equal(1, Restarted(guest, before).Restarts);
    }

    [GuestFact]
    public void Reboot_SystemCallForHaltAndPowerOff_Stops()
    {
        using TestGuest guest = new(image);
        foreach (string how in new[] { "halt", "poweroff" })
        {
            guest.Start();
            Reboot(guest, how);
            Assert.True(guest.Stopped());
            Assert.True(guest.Host.FindEnd(guest.Place)?.Asked);
        }
    }

    [GuestFact]
    public async Task Reboot_PolicyStop_StopsInEitherWay()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Reboot = RebootPolicy.Stop, Restart = RestartPolicy.Always };
        guest.Start();
        Reboot(guest, "reboot");
        Assert.True(guest.Stopped());

        await Say(guest.Start(), "reboot\n");
        Assert.True(guest.Stopped());
    }

    [GuestFact]
    public void Reboot_PolicyIgnore_IsRefused()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Reboot = RebootPolicy.Ignore };
        GuestProcess before = guest.Start();

        Assert.Equal("1", guest.Run("/bin/reboot-call reboot || echo $?"));
        Assert.Equal("", guest.Run("ls /dev | grep reboot || true"));
        Assert.Equal(before.Init, guest.Host.Find(guest.Place)?.Init);
    }

    [GuestFact]
    public void Reboot_AgainAndAgain_StopsAtTheLimit()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["/bin/reboot-call", "reboot"], RestartLimit = 3, RestartPeriodSec = 600 };

        guest.Start();

        Assert.True(guest.Stopped());
        Assert.True(guest.Host.FindEnd(guest.Place)?.TooOften);
        Assert.Equal(HangUp, guest.Host.FindEnd(guest.Place)?.Init?.Number);
        Assert.Equal("ended\nlock", Shell.Run("ls", guest.Place.Run));
    }

    private static void Reboot(TestGuest guest, string how) => guest.Run(guest.Order("/bin/reboot-call", how), out _);

    private static GuestProcess Restarted(TestGuest guest, GuestProcess before)
    {
        GuestProcess? now = null;
        Assert.True(SpinWait.SpinUntil(() => (now = guest.Host.Find(guest.Place)) is not null && now.Init != before.Init, TimeSpan.FromSeconds(20)));
        return now!; // Found, or the line above has failed.
    }

    // As somebody inside does, by the same file.
    private static async Task<Socket> Connect(GuestProcess process)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint($"/proc/{process.Init}/root/dev/reboot"));
        return socket;
    }

    private static async Task Say(GuestProcess process, string text)
    {
        using Socket socket = await Connect(process);
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(text));
    }
}
