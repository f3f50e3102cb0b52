using VServer.Linux.Tests.Trees;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>Ways out, tried from inside. "make walls" tries them from behind other walls, too, and tells what a guest did to files it shares.</summary>
[Collection(GuestCollection.Name)]
public sealed class HelperAttemptsTests(GuestImage image)
{
    [GuestFact]
    public void Attempts_ByRootAndByUser_AreAllDenied()
    {
        using TestGuest guest = new(image);
        guest.Start();

        AssertDenied(guest);
    }

    [GuestFact]
    public void Attempts_InPrivilegedGuest_AreAllDenied()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Privileged = true };
        guest.Start();

        AssertDenied(guest);
    }

    [GuestFact]
    public void Attempts_BesideAProgramAsProcessOne_AreAllDenied()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["sleep", "1000"] };
        guest.Start();

        AssertDenied(guest);
    }

    [GuestFact]
    public void Attempts_OnTheTerminalOfEnter_AreAllDenied()
    {
        AssertDeniedOnTerminal("root");
        AssertDeniedOnTerminal("joe");
    }

    private void AssertDeniedOnTerminal(string user)
    {
        using TestGuest guest = new(image);
        using Bait bait = new(image);
        guest.Start();
        string arguments = string.Concat(bait.Attempts.Select(static argument => $"arg={argument}\\0"));
        File.WriteAllText($"{guest.Folder}/script", $"printf 'run={guest.Place.Run}\\0{arguments}user={user}\\0tty=1\\0' > request; '{image.Helper}' exec 3< request 4> report");

        // An input that never ends; the end of one would be shown among the output.
        string shown = Shell.Run("mkfifo silence; script -qec 'bash script' /dev/null 0<> silence", guest.Folder);

        AssertDenied(shown.Replace("\r", "", StringComparison.Ordinal));
    }

    private void AssertDenied(TestGuest guest)
    {
        string before = TestGuest.Describe(guest.Shared);
        using Bait bait = new(image);
        AssertDenied(guest.Run(guest.Order(bait.Attempts), out _));
        AssertDenied(guest.Run(guest.Order(bait.Attempts) with { User = "joe" }, out _));
        Assert.Equal(before, TestGuest.Describe(guest.Shared));
    }

    private static void AssertDenied(string output)
    {
        string[] lines = output.TrimEnd('\n').Split('\n');
        Assert.All(lines, static line => Assert.StartsWith("denied ", line, StringComparison.Ordinal));
        Assert.InRange(lines.Length, 45, int.MaxValue);
    }
}
