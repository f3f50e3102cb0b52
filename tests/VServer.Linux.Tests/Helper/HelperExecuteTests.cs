using System.Text;
using VServer.Errors;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Helper;

[Collection(GuestCollection.Name)]
public sealed class HelperExecuteTests(GuestImage image)
{
    [GuestFact]
    public void Execute_ProgramThatExits_GivesItsVeryCode()
    {
        using TestGuest guest = Started();

        Assert.All(Enumerable.Range(0, 256), code =>
        {
            guest.Run(guest.Order("sh", "-c", $"exit {code}"), out CommandEnd end);
            Assert.Equal((code, 0, false), (end.ExitCode, end.Signal, end.TimedOut));
        });
    }

    [GuestFact]
    public void Execute_ProgramThatIsKilled_GivesTheVerySignal()
    {
        // What by itself ends nobody: CHLD, CONT, STOP, TSTP, TTIN, TTOU, URG, WINCH; and the two that the C library keeps.
        int[] harmless = [17, 18, 19, 20, 21, 22, 23, 28, 32, 33];
        using TestGuest guest = Started();

        Assert.All(Enumerable.Range(1, 64).Except(harmless), signal =>
        {
            guest.Run(guest.Order("sh", "-c", $"kill -{signal} $$; exec sleep 100"), out CommandEnd end);
            Assert.Equal((128 + signal, signal, false), (end.ExitCode, end.Signal, end.TimedOut));
        });
    }

    [GuestFact]
    public void Execute_ProgramThatExitsAsIfKilled_IsToldApart()
    {
        using TestGuest guest = Started();

        guest.Run(guest.Order("sh", "-c", "exit 137"), out CommandEnd end);

        Assert.Equal((137, 0), (end.ExitCode, end.Signal));
    }

    [GuestFact]
    public void Execute_Program_IsInEveryCgroupAndNamespaceOfTheGuest()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Init = InitStyle.Plain, Command = ["sleep", "1000"] };
        GuestProcess started = guest.Start();
        string init = Shell.Run($"cat /proc/{started.Init}/cgroup; cd /proc/{started.Init}/ns; for name in *; do readlink $name; done");
        string now = "";
        // A number of seconds by which nobody else sleeps.
        string sleep = $"sleep 8{Environment.ProcessId}";

        // Seen from the host, while it runs: its last process, by what it is called.
        guest.Host.Execute(
            guest.Order("sh", "-c", $"echo up; exec {sleep}") with
            {
                Output = _ => now = Shell.Run(
                    $"until pid=$(pgrep -fx '{sleep}'); do :; done; cat /proc/$pid/cgroup; cd /proc/$pid/ns; for name in *; do readlink $name; done; kill $pid"),
            },
            CancellationToken.None);

        Assert.Equal(init, now);
        Assert.Contains("cgroup:[", now, StringComparison.Ordinal);
        Assert.Contains("time:[", now, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(Path.GetDirectoryName(guest.Place.Run))!, now, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Execute_Program_SeesItsCgroupsAsTheTop()
    {
        using TestGuest guest = Started();

        // Of hierarchies in which the guest has none of its own, it sees that it is elsewhere and not where.
        string host = Path.GetFileName(Path.GetDirectoryName(guest.Place.Run))!;
        Assert.DoesNotContain(host, guest.Run("cat /proc/self/cgroup"), StringComparison.Ordinal);
        Assert.Equal("", guest.Run("while IFS=: read -r id names path; do [ \"$path\" = / ] || echo \"$names $path\"; done < /proc/self/cgroup | grep -v ' /\\.\\.' || true"));
        Assert.Equal(guest.Run("cat /proc/1/cgroup"), guest.Run("cat /proc/self/cgroup"));
    }

    [GuestFact]
    public void Execute_BothStreams_AreKeptApart()
    {
        using TestGuest guest = Started();
        using MemoryStream errors = new();

        string output = guest.Run(guest.Order("sh", "-c", "echo one; echo two >&2; echo three") with { ErrorOutput = bytes => errors.Write(bytes.Span) }, out _);

        Assert.Equal("one\nthree\n", output);
        Assert.Equal("two\n", Encoding.UTF8.GetString(errors.ToArray()));
    }

    [GuestFact]
    public void Execute_MegabytesOfInput_ComeBackUnchanged()
    {
        using TestGuest guest = Started();
        byte[] sent = new byte[3_000_001];
        for (int i = 0; i < sent.Length; i++)
        {
            sent[i] = (byte)((i * 31) ^ (i >> 8));
        }

        using MemoryStream input = new(sent);
        using MemoryStream output = new();

        guest.Host.Execute(guest.Order("cat") with { Input = input, Output = bytes => output.Write(bytes.Span) }, CancellationToken.None);

        Assert.Equal(sent, output.ToArray());
    }

    [GuestFact]
    public void Execute_ProgramThatReadsNothing_EndsBeforeItsInput()
    {
        using TestGuest guest = Started();
        using MemoryStream input = new(new byte[1_000_000]);

        guest.Run(guest.Order("true") with { Input = input }, out CommandEnd end);

        Assert.Equal(0, end.ExitCode);
    }

    [GuestFact]
    public void Execute_ProgramThatLeavesAnotherBehind_DoesNotWaitForThat()
    {
        using TestGuest guest = Started();

        string output = guest.Run(guest.Order("sh", "-c", "sleep 1000 & echo said"), out CommandEnd end);

        Assert.Equal("said\n", output);
        Assert.InRange(end.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [GuestFact]
    public void Execute_AsUser_HasItsIdsHomeAndGroups()
    {
        using TestGuest guest = Started();
        CommandOrder order = guest.Order("sh", "-c", "id; pwd; echo $USER $HOME; echo open > /dev/stdout") with { User = "joe" };

        string output = guest.Run(order, out _);

        Assert.Equal("uid=1000(joe) gid=1000(joe) groups=1000(joe),50(staff)\n/home/joe\njoe /home/joe\nopen\n", output);
    }

    [GuestFact]
    public void Execute_UnknownUser_IsNamed()
    {
        using TestGuest guest = Started();

        VServerException refused = Assert.Throws<VServerException>(() => guest.Run(guest.Order("true") with { User = "nobody-here" }, out _));

        Assert.Equal(ErrorIds.CommandFailed, refused.ErrorId);
        Assert.Contains("nobody-here", refused.Message, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Execute_WithEnvironmentAndFolder_HasBothAndNothingOfOurs()
    {
        using TestGuest guest = Started();
        CommandOrder order = guest.Order("sh", "-c", "pwd; env | sort | grep -v ^_=") with
        {
            WorkingFolder = "/tmp",
            Environment = new Dictionary<string, string> { ["GREETING"] = "hello\nthere" },
        };

        string[] lines = guest.Run(order, out _).Split('\n');

        Assert.Equal("/tmp", lines[0]);
        Assert.Contains("GREETING=hello", lines);
        Assert.Equal(
            ["GREETING", "HOME", "LOGNAME", "PATH", "PWD", "SHELL", "USER", "container"],
            lines.Skip(1).Where(static line => line.Contains('=', StringComparison.Ordinal)).Select(static line => line.Split('=')[0]).Order(StringComparer.Ordinal));
    }

    [GuestFact]
    public void Execute_FolderReachedThroughProc_IsRefused()
    {
        using TestGuest guest = Started();

        Assert.Throws<VServerException>(() => guest.Run(guest.Order("true") with { WorkingFolder = "/proc/self/cwd" }, out _));
        Assert.Throws<VServerException>(() => guest.Run(guest.Order("true") with { WorkingFolder = "/proc/1/root" }, out _));
    }

    [GuestFact]
    public void Execute_MissingProgram_IsNamed()
    {
        using TestGuest guest = Started();

        VServerException refused = Assert.Throws<VServerException>(() => guest.Run(guest.Order("no-such-program"), out _));

        Assert.Equal(ErrorIds.CommandFailed, refused.ErrorId);
        Assert.Contains("no-such-program", refused.Message, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Execute_StoppedGuest_IsRefused()
    {
        using TestGuest guest = new(image);

        Assert.Equal(ErrorIds.GuestNotRunning, Assert.Throws<VServerException>(() => guest.Run(guest.Order("true"), out _)).ErrorId);
    }

    [GuestFact]
    public void Execute_BeyondItsTime_IsEnded()
    {
        using TestGuest guest = Started();

        guest.Run(guest.Order("sleep", "1000") with { TimeLimit = TimeSpan.FromMilliseconds(100) }, out CommandEnd end);

        Assert.True(end.TimedOut);
        Assert.Equal(15, end.Signal);
    }

    [GuestFact]
    public void Execute_Cancelled_EndsTheProgram()
    {
        using TestGuest guest = Started();
        using CancellationTokenSource source = new();

        // Cancelled by the program's own first word, so it runs by then.
        Assert.ThrowsAny<OperationCanceledException>(() => guest.Host.Execute(
            guest.Order("sh", "-c", "echo up; exec sleep 1000") with { Output = _ => source.Cancel() },
            source.Token));

        Assert.Equal("0", guest.Run("cat /proc/[0-9]*/comm 2>/dev/null | grep -c sleep || true"));
    }

    [GuestFact]
    public void Execute_ReceiverThatThrows_ThrowsHere()
    {
        using TestGuest guest = Started();

        Assert.Throws<InvalidDataException>(() => guest.Host.Execute(
            guest.Order("echo", "x") with { Output = _ => throw new InvalidDataException() },
            CancellationToken.None));
    }

    [GuestFact]
    public void Execute_Ephemeral_SettlesWhatItDid()
    {
        using TestGuest guest = new(image);

        string output = guest.Run(guest.Order("sh", "-c", "hostname; echo made > /root/made; exit 3") with { Ephemeral = true }, out CommandEnd end);

        Assert.Equal((guest.Config.HostName + "\n", 3), (output, end.ExitCode));
        Assert.Equal("made\n", File.ReadAllText($"{guest.Place.Tree}/root/made"));
        Assert.Null(guest.Host.Find(guest.Place));
        Assert.False(guest.Host.HasDelta(guest.Place));
    }

    [GuestFact]
    public void Execute_EphemeralWithDiscard_LeavesTheTreeAsItWas()
    {
        using TestGuest guest = new(image);
        string before = TestGuest.Describe(guest.Place.Tree);

        guest.Run(guest.Order("sh", "-c", "echo x > /root/made; rm -r /etc; mv /home /elsewhere") with { Ephemeral = true, Discard = true }, out CommandEnd end);

        Assert.Equal(0, end.ExitCode);
        Assert.Equal(before, TestGuest.Describe(guest.Place.Tree));
        Assert.Empty(Directory.EnumerateFileSystemEntries($"{guest.Folder}/delta"));
    }

    [GuestFact]
    public void Execute_EphemeralBeyondItsTime_IsEnded()
    {
        using TestGuest guest = new(image);

        guest.Run(guest.Order("sleep", "1000") with { Ephemeral = true, TimeLimit = TimeSpan.FromMilliseconds(100) }, out CommandEnd end);

        Assert.True(end.TimedOut);
        Assert.Null(guest.Host.Find(guest.Place));
    }

    [GuestFact]
    public void Execute_EphemeralWhoseHelperIsKilled_EndsWithIt()
    {
        using TestGuest guest = new(image);
        // A number of seconds by which nobody else sleeps.
        string sleep = $"sleep 8{Environment.ProcessId}";
        // A report that nobody closes: by it, too, the guest would hear of the end.
        File.WriteAllText($"{guest.Folder}/script", $"""
            printf '%s\0' name={guest.Place.Name} tree={guest.Place.Tree} upper={guest.Place.Upper} work={guest.Place.Work} run={guest.Place.Run} hostname=x id-base={guest.Config.IdBase} ephemeral=1 arg=sh arg=-c arg='echo on; {sleep}' > request
            [ -p output ] || mkfifo output
            '{image.Helper}' start 3< request 4> report > output &
            read -t 20 word < output
            kill -9 $!
            """);

        // Often enough to come between the program's start and the monitor's last look at the caller.
        for (int round = 0; round < 20; round++)
        {
            Shell.Run("bash script", guest.Folder);
            Assert.True(SpinWait.SpinUntil(() => guest.Host.Find(guest.Place) is null && Shell.Run($"pgrep -fx '{sleep}' || true").Length == 0, TimeSpan.FromSeconds(60)));
        }
    }

    [GuestFact]
    public void Execute_InTerminal_HasOneOfTheGuestAndGivesOursBack()
    {
        using TestGuest guest = Started();
        string script = $"""
            stty rows 33 cols 111
            stty -g > before
            printf 'run=%s\0arg=sh\0arg=-c\0arg=tty; stty size; exit 5\0tty=1\0' '{guest.Place.Run}' > request
            '{image.Helper}' exec 3< request 4> report
            stty -g > after
            """;
        File.WriteAllText($"{guest.Folder}/script", script);

        string shown = Shell.Run("script -qec 'bash script' /dev/null < /dev/null", guest.Folder);

        // script(1) shows the end of its own stdin somewhere in it.
        Assert.Equal("/dev/pts/0\r\n33 111", shown.Replace("^@", "", StringComparison.Ordinal).Trim());
        Assert.Contains("\"exited\",\"code\":5", File.ReadAllText($"{guest.Folder}/report"), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText($"{guest.Folder}/before"), File.ReadAllText($"{guest.Folder}/after"));
    }

    [GuestFact]
    public void Execute_HundredTimes_LeavesNoDescriptorAndNoZombie()
    {
        using TestGuest guest = Started();
        guest.Run("true");
        const int Times = 100;
        int before = CountDescriptors();

        for (int i = 0; i < Times; i++)
        {
            guest.Run("true");
        }

        // Other tests of this process have descriptors of their own at any time, but not as many as one for each run.
        Assert.InRange(CountDescriptors(), 0, before + (Times / 2));
        Assert.DoesNotContain("vserver", Shell.Run($"ps -o comm= --ppid {Environment.ProcessId} || true"), StringComparison.Ordinal);
    }

    // Pipes, sockets, memory files and processes: what a run is talked to with.
    private static int CountDescriptors() => new DirectoryInfo("/proc/self/fd").EnumerateFiles().Count(static file =>
        file.LinkTarget is { } target && (target.Contains(":[", StringComparison.Ordinal) || target.StartsWith("/memfd:", StringComparison.Ordinal)));

    private TestGuest Started()
    {
        TestGuest guest = new(image);
        guest.Start();
        return guest;
    }
}
