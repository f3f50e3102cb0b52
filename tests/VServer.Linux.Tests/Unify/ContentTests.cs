using VServer.Errors;
using VServer.Guests;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Unify;

public sealed class ContentTests
{
    [Fact]
    public void Unify_ByContent_SharesEqualFilesAtAnyPathOfAnyGuest()
    {
        using TestStore store = new("a", "b", "c");
        store.Shell("mkdir -p {a,b,c}/{usr,opt}; echo same >a/usr/one; cp -a a/usr/one b/opt/two; cp -a a/usr/one c/usr/three; cp -a a/usr/one c/usr/four; echo lone >a/usr/lone; touch -d @7.5 {a,b,c}/{usr,opt}");
        string before = store.View("a") + store.View("b") + store.View("c");
        string times = store.Shell("stat -c %y {a,b,c}/{usr,opt}");

        IReadOnlyList<UnifyResult> results = store.UnifyContent();

        Assert.Equal("4", store.Shell("stat -c %h a/usr/one"));
        Assert.Equal((3, 1, 3 * 4096), (results.Sum(result => result.Linked), results.Sum(result => result.AlreadyShared), results.Sum(result => result.SavedBytes)));
        Assert.Equal(1, results[0].Skipped[SkipReason.NotInReference]);
        Assert.Equal(before, store.View("a") + store.View("b") + store.View("c"));
        Assert.Equal(times, store.Shell("stat -c %y {a,b,c}/{usr,opt}"));
        Assert.Equal("", store.Shell("ls .vserver/journal"));
    }

    [Fact]
    public void Unify_ByContentOneGuardFails_SetsThoseOfTheOthersAndFails()
    {
        WatchedTreeHost trees = new();
        using TestStore store = new("a", "b") { Trees = trees };
        store.Shell("mkdir -p {a,b}/usr; echo one1 >a/usr/x; echo two2 >a/usr/y; touch -d @5 a/usr/*; cp -a a/usr b/");
        trees.At(nameof(IFile.ChangeFlags), "", 1, () => throw new TreeException(ErrorKind.Unsupported, 95, "ioctl", UnixPath.Root, "no flags today"));

        Assert.Equal("no flags today", Assert.Throws<TreeException>(() => store.UnifyContent(UnifyGuard.Immutable)).Message);

        Assert.Equal("2 2 1", store.Shell("echo $(stat -c %h a/usr/x b/usr/y) $(lsattr a/usr | cut -d' ' -f1 | grep -c i)"));
        Assert.NotEqual("", store.Shell("ls .vserver/journal"));
    }

    [Fact]
    public void Unify_ByContentTwice_ChangesNothingMore()
    {
        using TestStore store = new("a", "b");
        store.Shell("mkdir -p {a,b}/usr; echo same >a/usr/one; cp -a a/usr/one b/usr/");
        store.UnifyContent();
        string states = store.Shell("find a b -printf '%p %i %C@\\n'");

        Assert.Equal((0, 2), (store.UnifyContent().Sum(result => result.Linked), store.UnifyContent().Sum(result => result.AlreadyShared)));
        Assert.Equal(states, store.Shell("find a b -printf '%p %i %C@\\n'"));
    }

    [Fact]
    public void Unify_ByContentManyAlike_SharesOnlyTheEqual()
    {
        // More files of one size and time than there are guests: told apart by digest, proven by bytes.
        using TestStore store = new("a", "b");
        store.Shell("mkdir -p {a,b}/usr; for n in {100..160}; do echo $n >a/usr/$n; touch -d @5 a/usr/$n; done; cp -a a/usr b/; echo 100 >b/usr/twin; touch -d @5 b/usr/twin");
        string before = store.View("a") + store.View("b");

        Assert.Equal(62, store.UnifyContent().Sum(result => result.Linked));
        Assert.Equal(before, store.View("a") + store.View("b"));
        Assert.Equal("3", store.Shell("stat -c %h a/usr/100"));
    }

    [Fact]
    public void Unify_ByContentAcrossTrustGroups_SharesNothing()
    {
        using TestStore store = new("a", "b");
        store.Shell("mkdir -p {a,b}/usr; echo same >a/usr/one; cp -a a/usr/one b/usr/");
        store.Store.Save(new GuestConfig { Name = "b", HostName = "b", TrustGroup = "other" });

        Assert.Equal(0, store.UnifyContent().Sum(result => result.Linked));
        Assert.False(store.IsOneInode("a/usr/one", "b/usr/one"));
    }

    [Fact]
    public void Unify_ByContentMetadataDiffers_SharesNothing()
    {
        using TestStore store = new("a", "b");
        store.Shell("mkdir -p {a,b}/usr; echo same >a/usr/one; cp -a a/usr/one b/usr/; setfattr -n user.x -v 1 b/usr/one; echo two >a/usr/two; cp -a a/usr/two b/usr/; chmod 600 b/usr/two; echo etc >a/usr/three; mkdir b/etc; cp -a a/usr/three b/etc/");

        Assert.Equal(0, store.UnifyContent().Sum(result => result.Linked));
    }

    [Fact]
    public void Unify_ByContentWithReference_IsRefused()
    {
        using TestStore store = new("ref", "a");
        Assert.Equal(
            ErrorIds.ReferenceInvalid,
            Assert.Throws<VServerException>(() => store.Unify("a", request => request with { Scope = UnifyScope.Content })).ErrorId);
    }
}
