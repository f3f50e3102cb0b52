using System.Globalization;
using System.Text;
using VServer.Linux.Helper;
using VServer.Linux.Tests.Trees;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>What a program in the cage can do, tried by one that somebody else has taken over.</summary>
[Collection(GuestCollection.Name)]
public sealed class HelperCageTests(GuestImage image)
{
    [GuestFact]
    public void Inspect_HostFiles_AreNotThere() =>
        Assert.Equal("bin files lib lib64 sbin usr", Run("cd /; echo *").Replace("lib32 ", "", StringComparison.Ordinal).Replace("libx32 ", "", StringComparison.Ordinal));

    [GuestFact]
    public void Inspect_Files_AreCopies()
    {
        using TestTree tree = new();
        tree.Run("echo mine >file; chmod 600 file");
        Assert.Equal("mine", Run("cat /files/given; echo theirs >/files/given", tree.Path + "/file"));
        Assert.Equal("mine", tree.Run("cat file"));
    }

    // There is no /dev/null to send complaints to.
    [GuestFact]
    public void Inspect_Rights_AreNone()
    {
        Assert.Equal("65534 65534", Run("echo $(id -u) $(id -G)"));
        Assert.Equal("refused", Run("touch /x 2>&- || touch /usr/x 2>&- || echo refused"));
        Assert.Equal("made, refused", Run("mkdir /files/m && echo -n made, && mount -t tmpfs x /files/m 2>&- || echo ' refused'"));
        Assert.Equal("refused", Run("unshare -U true 2>&- || echo refused"));
        Assert.Equal("refused", Run("chown 0 /files 2>&- || echo refused"));
    }

    [GuestFact]
    public void Inspect_WhatItWrites_CannotBeRun() => Assert.Equal("refused", Run("cp /bin/true /files/t; chmod 755 /files/t; /files/t 2>&- || echo refused"));

    [GuestFact]
    public void Inspect_Network_IsNone() => Assert.Equal(
        "Network is unreachable",
        RunPerl("use IO::Socket::INET; print IO::Socket::INET->new(PeerAddr => '127.0.0.1:22', Timeout => 2) ? 'reached' : $!"));

    [GuestFact]
    public void Inspect_Memory_IsLimited()
    {
        Assert.Equal("1", RunPerl("$x = 'x' x 1e7; print 1"));
        Assert.Equal("", RunPerl("$x = 'x' x 3e9; print 1"));
    }

    [GuestFact]
    public void Inspect_Processes_AreFew() => Assert.InRange(
        int.Parse(RunPerl("my $n = 0; while ($n < 50) { my $p = fork; last unless defined $p; sleep 5, exit unless $p; $n++ } print $n"), CultureInfo.InvariantCulture),
        1,
        4);

    [GuestFact]
    public void Inspect_Space_IsLimited() => Assert.Equal("full", Run("for i in 1 2 3 4 5 6 7 8 9; do cat /usr/bin/perl; done >/files/big 2>&- && echo fits || echo full"));

    [GuestFact]
    public void Inspect_TimeIsOver_EndsEverything()
    {
        List<string> events = [];
        // A number of seconds by which nobody else sleeps.
        string sleep = $"sleep 8{Environment.ProcessId}";
        Run($"{sleep} & {sleep}", null, 200, events);
        Assert.Equal(["timeout", "signaled"], events);
        Assert.Equal("", Shell.Run($"pgrep -fx '{sleep}' || true"));
    }

    [GuestFact]
    public void Inspect_HelperKilledWhileItCopies_RunsNothing()
    {
        using TestTree tree = new();

        // A copy that takes long enough to stop the cage's process 1 in it. What the program says comes here, and until its end.
        string said = tree.Run($$"""
            truncate -s 100M large
            printf '%s\0' name=given file="$PWD/large" space=200000000 timeout-ms=20000 arg=/bin/echo arg=run > request
            '{{image.Helper}}' inspect 3< request 4> report &
            helper=$!
            caged() { read -rd ' ' child < /proc/$helper/task/$helper/children && [[ $(< /proc/$child/status) == *NSpid:$'\t'+([0-9])$'\t1\n'* ]]; }
            until caged 2> complaints; do kill -0 $helper; done
            kill -STOP $child
            kill -KILL $helper
            wait $helper || true
            kill -CONT $child
            """);

        Assert.Equal("", said);
    }

    [GuestFact]
    public void Inspect_Ended_LeavesNothing()
    {
        using TestTree looks = new();

        Assert.Equal("run", Run("echo run", helper: image.HelperBetweenLooks(looks.Path)));

        Assert.Equal(looks.Run("cat before"), looks.Run("cat after"));
    }

    private string RunPerl(string script)
    {
        using TestTree tree = new();
        File.WriteAllText($"{tree.Path}/script", script);
        return Run("exec perl /files/given", $"{tree.Path}/script");
    }

    private string Run(string script, string? file = null, int milliseconds = 20_000, List<string>? events = null, string? helper = null)
    {
        using MemoryStream output = new();
        HelperRequest request = new HelperRequest("inspect", "test").Add("space", 16_000_000).Add("timeout-ms", milliseconds).AddAll("arg", ["/bin/sh", "-c", script]);
        if (file is not null)
        {
            request.Add("name", "given").Add("file", file);
        }

        using HelperStreams streams = HelperStreams.Between(null, bytes => output.Write(bytes.Span), static _ => { });
        new HelperRunner(helper ?? image.Helper).Run(request, streams, record => events?.Add(record.Event), CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray()).TrimEnd();
    }
}
