using System.Diagnostics;
using VServer.Errors;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Helper;

[Collection(GuestCollection.Name)]
public sealed class HelperSettleTests(GuestImage image)
{
    /// <summary>Something of everything that an overlay writes down in a way of its own.</summary>
    private const string Changes = """
        cd /w
        echo changed > shared; chmod 4755 tool; chown 7:8 owned; touch -d @1000000000 timed
        rm gone; rm -r gone-folder
        rm -r replaced; mkdir replaced; echo fresh > replaced/fresh
        mv renamed elsewhere; echo more > elsewhere/more; rm elsewhere/one
        mv deep/inner moved-up; rm -r deep; mkdir deep; echo other > deep/other
        mv left swap; mv right left; mv swap right
        rm file-then-folder; mkdir file-then-folder; echo in > file-then-folder/in
        rm -r folder-then-file; echo was a folder > folder-then-file
        echo linked > first; ln first second; ln kept kept-again
        ln -s /no/where link; mkfifo pipe
        mkdir -p new/folder/tree; echo leaf > new/folder/tree/leaf; chmod 2750 new; chown 3:4 new/folder
        printf 'x' > "$(printf 'name\nwith\tbytes\377')"
        """;

    private const string Before = """
        mkdir -p w/gone-folder/sub w/replaced/old w/renamed/sub w/deep/inner/leaf w/left w/right w/folder-then-file/sub
        for name in shared tool owned timed gone kept file-then-folder; do echo "$name" > "w/$name"; done
        for name in gone-folder/sub/a replaced/old/b renamed/one renamed/sub/two deep/inner/leaf/c left/l right/r folder-then-file/sub/d; do echo "$name" > "w/$name"; done
        cp -al w ../shared/
        """;

    /// <summary>What the guest sees of its own files: folders' sizes and link counts are the overlay's own and left out.</summary>
    private const string Look = """
        cd /w
        find . -printf '%P|%y|%m|%U|%G|%l|%Ts\n' | sort
        find . -type f -print0 | sort -z | while IFS= read -r -d '' name; do sha256sum "$name"; done 2>/dev/null || find . -type f -exec sha256sum {} + | sort
        """;

    [GuestFact]
    public void Settle_ChangesOfEveryKind_ShowAsTheGuestSawThem()
    {
        using TestGuest guest = Prepared();
        string shared = TestGuest.Describe(guest.Shared);
        guest.Start();
        guest.Run(Changes);
        string seen = guest.Run(Look);

        StopEnd stopped = guest.Stop();

        guest.Start();
        Assert.Equal(seen, guest.Run(Look));
        Assert.Equal(shared, TestGuest.Describe(guest.Shared));
        Assert.NotNull(stopped.Settled);
        Assert.True(stopped.Settled is { Moved: > 10, Removed: > 10, Folders: > 5 }, $"{stopped.Settled}");
    }

    [GuestFact]
    public void Settle_LinksMadeInside_AreOneInode()
    {
        using TestGuest guest = Prepared();
        guest.Start();
        guest.Run(Changes);
        guest.Stop();

        Assert.Equal("2", Shell.Run("stat -c %h first", $"{guest.Place.Tree}/w"));
        Assert.Equal(Shell.Run("stat -c %i first", $"{guest.Place.Tree}/w"), Shell.Run("stat -c %i second", $"{guest.Place.Tree}/w"));
    }

    [GuestFact]
    public void Settle_AllDone_LeavesNoTraceOfTheOverlay()
    {
        using TestGuest guest = Prepared();
        guest.Start();
        guest.Run(Changes);
        guest.Stop();

        Assert.Empty(Directory.EnumerateFileSystemEntries($"{guest.Folder}/delta"));
        Assert.Equal("", Shell.Run("getfattr -Rhd -m trusted . 2>/dev/null", guest.Place.Tree));
    }

    [GuestFact]
    public void Settle_RunningGuest_IsRefused()
    {
        using TestGuest guest = Prepared();
        guest.Start();

        Assert.Equal(ErrorIds.GuestRunning, Assert.Throws<VServerException>(guest.Settle).ErrorId);
    }

    [GuestFact]
    public void Settle_KeptDelta_IsWhereTheNextStartGoesOnFrom()
    {
        using TestGuest guest = Prepared();
        guest.Config = guest.Config with { Delta = DeltaPolicy.Keep };
        string tree = TestGuest.Describe(guest.Place.Tree);
        guest.Start();
        guest.Run("echo first > /w/kept");
        guest.Stop();

        Assert.True(guest.Host.HasDelta(guest.Place));
        Assert.Equal(tree, TestGuest.Describe(guest.Place.Tree));
        guest.Start();
        Assert.Equal("first", guest.Run("cat /w/kept"));
        guest.Stop();
        guest.Host.Settle(guest.Place, discard: true, CancellationToken.None);
        Assert.Equal(tree, TestGuest.Describe(guest.Place.Tree));
        Assert.False(guest.Host.HasDelta(guest.Place));
    }

    /// <summary>Each run of the helper is killed a bit later than the one before, until one gets to the end.</summary>
    [GuestFact(Needs = TestGuest.Strace)]
    public void Settle_KilledAtEverySoManySteps_EndsAsIfItHadNotBeen()
    {
        using TestGuest guest = Prepared();
        guest.Config = guest.Config with { Delta = DeltaPolicy.Keep };
        guest.Start();
        guest.Run(Changes);
        string seen = guest.Run(Look);
        guest.Stop();

        string rounds = Shell.Run(
            $$"""
            printf '{{guest.SettleRequest}}' > request
            for ((round = 1; round < 1000; round++)); do
                {{TestGuest.Strace}} -qq -o /dev/null -e inject={{TestGuest.SettlesBy}}:signal=KILL:when=$((round % 7 + 1)) \
                    '{{image.Helper}}' settle 3< request 4> report || true
                if grep -q '"done","ok":true' report; then break; fi
            done 2> /dev/null
            echo "$round"
            """,
            guest.Folder);

        guest.Start();
        Assert.Equal(seen, guest.Run(Look));
        Assert.Empty(Directory.EnumerateFileSystemEntries($"{guest.Folder}/delta").Select(Path.GetFileName).Except(["upper", "work"]));
        Assert.InRange(int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture), 21, 999);
    }

    /// <summary>A second over the renames themselves is what it must hold; here a bound that a busy machine does not break. The bench has the second.</summary>
    [GuestTheory]
    [InlineData("new")]
    [InlineData("changed")]
    public void Settle_TenThousandFiles_TakesLittleMoreThanTheirRenames(string kind)
    {
        const string Make = "for d in $(seq 100); do mkdir -p $d; for f in $(seq 100); do echo $d/$f > $d/$f; done; done";
        using TestGuest guest = Prepared();
        guest.Config = guest.Config with { Delta = DeltaPolicy.Keep };
        Shell.Run($"mkdir w/many from to; cd from; {Make}; cd ..; cp -r from/* to/; {(kind == "changed" ? "cp -r from/* w/many/" : "find to -type f -delete")}", guest.Place.Tree);
        guest.Start();
        guest.Run($"cd /w/many; {Make}");
        guest.Stop();
        Shell.Run("sync -f .", guest.Folder);

        TimeSpan renames = Time(() => RenameAll(guest.InTree("from"), guest.InTree("to")));
        SettleEnd settled = new(0, 0, 0);
        TimeSpan settling = Time(() => settled = guest.Settle());

        Assert.Equal(10_000, settled.Moved);
        Assert.InRange(settling, TimeSpan.Zero, TimeSpan.FromSeconds(10) + (5 * renames));
    }

    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Settle_OnOtherFileSystems_ShowsAsTheGuestSawIt(string type)
    {
        using LoopTree tree = new(type, 320);
        using TestGuest guest = Prepared(tree);
        string shared = TestGuest.Describe(guest.Shared);
        guest.Start();
        guest.Run(Changes);
        string seen = guest.Run(Look);

        guest.Stop();

        Assert.Equal(shared, TestGuest.Describe(guest.Shared));
        Assert.Empty(Directory.EnumerateFileSystemEntries($"{guest.Folder}/delta"));
        guest.Start();
        Assert.Equal(seen, guest.Run(Look));
    }

    private static void RenameAll(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Move(file, to + file[from.Length..], overwrite: true);
        }
    }

    private static TimeSpan Time(Action action)
    {
        Stopwatch clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed;
    }

    private TestGuest Prepared(LoopTree? on = null)
    {
        TestGuest guest = new(image, on: on);
        Shell.Run(Before, guest.Place.Tree);
        return guest;
    }
}
