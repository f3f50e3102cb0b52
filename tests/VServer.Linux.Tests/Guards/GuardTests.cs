using VServer.Errors;
using VServer.Guards;
using VServer.Linux.Tests.Unify;
using VServer.Linux.Trees;
using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Guards;

/// <summary>Seals as chattr and lsattr know them.</summary>
public sealed class GuardTests
{
    private const string Trees = "mkdir -p one/usr/bin one/etc two/usr; echo a >one/usr/bin/a; chattr +d one/usr/bin/a; ln one/usr/bin/a two/usr/a; echo b >one/usr/bin/b; ln one/usr/bin/b two/usr/b; echo own >one/usr/own; echo c >one/etc/conf; ln one/etc/conf two/conf; ln -s ../../two/usr/a one/usr/link; mkfifo one/usr/fifo";

    [Fact]
    public void WholeGuest_SealsWhatIsShared_AndNothingElse()
    {
        using TestStore store = new("one", "two");
        store.Shell(Trees);

        (List<GuardedFile> done, List<Exception> failed, long left) = Change(store, new FileSelection(), new GuardChange());

        Assert.Empty(failed);
        Assert.Equal(["/usr/bin/a", "/usr/bin/b"], done.Select(file => file.Path.ToString()).Order());
        Assert.All(done, file => Assert.Equal(UnifyGuard.Immutable, file.Guard));
        Assert.Equal(2, left);
        // The other flag stayed.
        Assert.Equal("----i-d-------", store.Shell("lsattr -l two/usr/a >/dev/null; lsattr two/usr/a | cut -c1-14"));
        Assert.Equal("one/usr/bin/a one/usr/bin/b two/usr/a two/usr/b", store.Shell("find . -type f -exec lsattr {} + | grep -- '^....i' | sed 's/.* \\.\\///' | sort | paste -sd' '"));
    }

    [Fact]
    public void Seal_TakenOff_LeavesTheRest()
    {
        using TestStore store = new("one", "two");
        store.Shell(Trees + "; chattr +i one/usr/bin/a one/usr/bin/b");

        (List<GuardedFile> done, List<Exception> failed, _) = Change(store, Patterns("/usr/bin/*"), new GuardChange { Guard = UnifyGuard.MayUnlink });

        Assert.Empty(failed);
        Assert.All(done, file => Assert.Equal(UnifyGuard.MayUnlink, file.Guard));
        Assert.Equal("------d", store.Shell("lsattr one/usr/bin/a | cut -c1-7"));
    }

    [Fact]
    public void WhatIf_ChangesNothing_AndTellsTheSame()
    {
        using TestStore store = new("one", "two");
        store.Shell(Trees);

        List<GuardedFile> said = Change(store, new FileSelection(), new GuardChange { WhatIf = true }).Done;

        Assert.Equal("", store.Shell("find . -type f -exec lsattr {} + | grep -- '^....i' || true"));
        Assert.Equal(said, Change(store, new FileSelection(), new GuardChange()).Done);
    }

    [Fact]
    public void Named_WhereASealMakesNoSense_IsRefusedWithTheReason()
    {
        using TestStore store = new("one", "two");
        store.Shell(Trees);

        List<Exception> failed = Change(store, Paths("/etc/conf", "/usr/own", "/usr/link", "/usr/fifo", "/nowhere/x"), new GuardChange()).Failed;

        Assert.Equal(
            [ErrorIds.FileNotFound, ErrorIds.FileNotFound, ErrorIds.FileNotFound, ErrorIds.SealRefused, ErrorIds.SealRefused],
            failed.Cast<VServerException>().Select(failure => failure.ErrorId).Order());
        Assert.Contains(failed, failure => failure.Message.Contains("copy-on-write", StringComparison.Ordinal));
        Assert.Equal("", store.Shell("find . -type f -exec lsattr {} + | grep -- '^....i' || true"));

        (List<GuardedFile> done, failed, _) = Change(store, Paths("/etc/conf", "/usr/own"), new GuardChange { Force = true });

        Assert.Empty(failed);
        Assert.Equal(2, done.Count);
    }

    [Fact]
    public void Folder_StandsForAllBelow_AndEachFileComesOnce()
    {
        using TestStore store = new("one", "two");
        store.Shell(Trees);
        List<GuardedFile> found = [];

        new GuardService(store.Store, new LinuxTreeHost(), new StoppedGuests()).Read(
            "one", new FileSelection { Paths = [UnixPath.Parse("/usr/bin"), UnixPath.Parse("/usr/bin/a")], Patterns = [UnixPath.Parse("*/a")] }, found.Add, failure => throw failure, CancellationToken.None);

        Assert.Equal([("/usr/bin/a", 2u), ("/usr/bin/b", 2u)], found.Select(file => (file.Path.ToString(), file.Names)).Order());
    }

    [Fact]
    public void LinkOutOfTheTree_IsNeverFollowed()
    {
        using TestStore store = new("one", "two");
        store.Shell("mkdir one/usr; echo h >../host; ln ../host ../host2; ln -s ../../.. one/up; ln -s ../.. one/usr/up");

        List<Exception> failed = Change(store, Paths("/up/host", "/usr/up/../host", "/../../host"), new GuardChange { Force = true }).Failed;

        Assert.Equal(3, failed.Count);
        Assert.Equal("", store.Shell("lsattr ../host | grep -- '^....i' || true"));
    }

    [Fact]
    public void NamesThatAreNoText_AreSealedAllTheSame()
    {
        using TestStore store = new("one", "two");
        store.Shell("name=$(printf 'a\\nb\\377*'); echo x >\"one/$name\"; ln \"one/$name\" two/x");
        GuardedFile file = Assert.Single(Change(store, new FileSelection(), new GuardChange { WhatIf = true }).Done);

        Assert.Single(Change(store, new FileSelection { Paths = [file.Path] }, new GuardChange()).Done);

        Assert.Equal("i", store.Shell("lsattr two/x | cut -c5"));
    }

    private static FileSelection Patterns(params string[] patterns) => new() { Patterns = [.. patterns.Select(UnixPath.Parse)] };

    private static FileSelection Paths(params string[] paths) => new() { Paths = [.. paths.Select(UnixPath.Parse)] };

    private static (List<GuardedFile> Done, List<Exception> Failed, long Left) Change(TestStore store, FileSelection selection, GuardChange change)
    {
        List<GuardedFile> done = [];
        List<Exception> failed = [];
        long left = new GuardService(store.Store, new LinuxTreeHost(), new StoppedGuests())
            .Change("one", selection, change with { Done = done.Add, Failed = failed.Add }, CancellationToken.None);
        return (done, failed, left);
    }
}
