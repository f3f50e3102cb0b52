using System.Diagnostics;
using System.Globalization;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>The helper itself, which guests would like to have: its program, its memory, what it was given.</summary>
[Collection(GuestCollection.Name)]
public sealed class HelperSealTests(GuestImage image)
{
    [GuestFact]
    public void Helper_AsProcessOne_IsACopyThatNobodyCanChange()
    {
        using TestGuest guest = new(image);
        GuestProcess process = guest.Start();
        string program = $"/proc/{process.Init}/exe";

        Assert.Equal("/memfd:vserver-helper (deleted)", Shell.Run($"readlink {program}"));
        // Not even by the host's root: it is sealed. Neither while it runs nor by a descriptor kept until it doesn't (CVE-2019-5736).
        Assert.Equal("refused", Shell.Run($"(exec 5<{program}; exec 6>>/proc/self/fd/5) 2>/dev/null || echo refused"));
        Assert.Equal("refused", Shell.Run($"exec 5<{program}; truncate -s 1 /proc/self/fd/5 2>/dev/null || echo refused"));
    }

    [GuestFact]
    public void Helper_StartedByAGuestAsItsOwnInterpreter_DoesNothing()
    {
        using TestGuest guest = new(image);
        string before = Shell.Run($"sha256sum '{image.Helper}'");
        Shell.Run("printf '#!/proc/self/exe\\n' > bin/bait; chmod 755 bin/bait", guest.Place.Tree);
        guest.Start();

        guest.Run(guest.Order("/bin/bait"), out CommandEnd end);

        Assert.NotEqual(0, end.ExitCode);
        Assert.Equal(before, Shell.Run($"sha256sum '{image.Helper}'"));
        Assert.Equal("on", guest.Run("echo on"));
    }

    [GuestFact]
    public async Task Helper_WhileItEnters_CannotBeLookedInto()
    {
        using TestGuest guest = new(image);
        guest.Start();
        string output = "";
        Task watching = Task.Run(() => output = guest.Run(guest.Order("/bin/watch_joining"), out _));
        Stopwatch clock = Stopwatch.StartNew();

        // Until it has met some: how many of those that enter it meets is chance.
        for (int times = 0; times < 100 || (times < 3000 && clock.Elapsed < TimeSpan.FromSeconds(20)); times++)
        {
            guest.Run("true");
        }

        guest.Run("for process in /proc/[0-9]*; do read name < $process/comm || continue; [ \"$name\" != watch_joining ] || kill ${process#/proc/}; done 2>/dev/null");
        await watching;

        Assert.DoesNotContain("ESCAPED", output, StringComparison.Ordinal);
        Assert.InRange(int.Parse(output.Split("seen ")[1], CultureInfo.InvariantCulture), 1, int.MaxValue);
    }

    [GuestFact]
    public void Execute_GuestThatStopsOrTracesWhatEnters_StillEndsInItsTime()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["/bin/watch_joining", "hold"] };
        guest.Start();
        using CancellationTokenSource cancel = new(TimeSpan.FromSeconds(2));

        guest.Run(guest.Order("sleep", "1000") with { TimeLimit = TimeSpan.FromSeconds(1) }, out CommandEnd end);

        Assert.True(end.TimedOut);
        Assert.ThrowsAny<OperationCanceledException>(() => guest.Host.Execute(guest.Order("sleep", "1000"), cancel.Token));
        for (int times = 0; times < 10; times++)
        {
            guest.Run(guest.Order("true") with { TimeLimit = TimeSpan.FromMilliseconds(100) }, out _);
        }

        Assert.Equal(StopStep.Kill, guest.Host.Stop(guest.Place, TimeSpan.Zero, discard: false, CancellationToken.None).Step);
    }

    [GuestFact]
    public void Execute_FolderAsInput_IsRefused()
    {
        using TestGuest guest = new(image);
        guest.Start();
        string request = $"printf 'run={guest.Place.Run}\\0arg=true\\0' > request";

        Shell.Run($"{request}; '{image.Helper}' exec 3< request 4> report < / || true", guest.Folder);

        string report = File.ReadAllText($"{guest.Folder}/report");
        Assert.Contains("\"id\":\"StdioUnsafe\"", report, StringComparison.Ordinal);
        Assert.Contains("\"target\":\"stdin\"", report, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Limits_OfAGuest_AreNotThoseThatProtectTheCaller()
    {
        using TestGuest guest = new(image);
        guest.Start();

        // Cores, which the host's core_pattern may give to a program of the host's root: the value at which the kernel starts none.
        Assert.Matches("^Max core file size +1 +1 ", guest.Run("grep core /proc/self/limits"));
        Assert.Equal("1", guest.Run("head -c 1 /dev/zero > /dev/null; ulimit -H -c unlimited 2>/dev/null || echo 1"));
        Assert.Equal("refused", guest.Run("(echo -1 > /proc/self/oom_score_adj) 2>/dev/null || echo refused"));
    }

    [GuestFact(Needs = "/proc/self/oom_score_adj")]
    public void Start_ByACallerThatIsSparedWhenMemoryRunsOut_SparesNoGuest()
    {
        // Only who has CAP_SYS_RESOURCE can be spared, and so could a guest be made so.
        bool can = Shell.Run("(echo -500 > /proc/self/oom_score_adj) 2>/dev/null && echo yes || true") == "yes";
        using TestGuest guest = new(image, image.HelperAfter($"echo {(can ? -500 : 500)} > /proc/self/oom_score_adj"));
        guest.Start();

        Assert.Equal(can ? "0" : "500", guest.Run("cat /proc/1/oom_score_adj"));
        Assert.Equal("refused", guest.Run("(echo -1 > /proc/self/oom_score_adj) 2>/dev/null || echo refused"));
    }
}
