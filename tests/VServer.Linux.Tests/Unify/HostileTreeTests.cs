using VServer.Guests;
using Xunit;

namespace VServer.Linux.Tests.Unify;

public sealed class HostileTreeTests
{
    public static TheoryData<string, string> Trees => HostileTrees.All;

    [Theory]
    [MemberData(nameof(Trees))]
    public void UnifyAndUndo_ShareAllAndGiveAllBack(string tree, string script)
    {
        using TestStore store = HostileTrees.Make(script, "a");
        string before = store.View("a");
        string disk = store.Shell("du -s a");

        store.Unify("a");

        Assert.Equal(before, store.View("a"));
        Assert.Equal(store.Inodes("ref"), store.Inodes("a"));

        store.Undo("a");

        Assert.True(before == store.View("a"), tree);
        Assert.Equal(disk, store.Shell("du -s a"));
        Assert.Equal("", store.Shell("cd ref; find . -type f -size +0 -printf '%i\\n' | sort >../inodes; cd ../a; find . -type f -size +0 -printf '%i\\n' | grep -Fxf ../inodes || true"));
        Assert.Equal("", store.Shell("ls .vserver/journal"));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Content_SharesAllOnce(string tree, string script)
    {
        using TestStore store = HostileTrees.Make(script, "a");
        string before = store.View("a") + store.View("ref");

        store.UnifyContent();

        Assert.True(before == store.View("a") + store.View("ref"), tree);
        Assert.Equal(store.Inodes("ref"), store.Inodes("a"));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void CopyAndRemove_TakeAllAndLeaveNothing(string tree, string script)
    {
        using TestStore store = HostileTrees.Make(script);
        // What listens is not copied: nobody would listen.
        store.Shell("cp -a ref want; find want -type s -delete; touch -r ref/usr want/usr");
        string before = store.View("want/usr");

        store.Copy("c");

        Assert.Equal(before, store.View("c/usr"));
        Assert.Equal(store.Inodes("ref/usr"), store.Inodes("c/usr"));
        new GuestService(store.Store, store.Trees, new StoppedGuests()).Remove("c", force: false, CancellationToken.None);
        Assert.Equal("", store.Shell("ls -d c 2>/dev/null || true"));
        store.Shell("find ref -type s -delete; touch -r want/usr ref/usr");
        Assert.True(before == store.View("ref/usr"), tree);
    }

    [Fact]
    public void FifteenHundredLevels_TakeNeitherStackNorDescriptors()
    {
        // Without paths, which take the system's own programs a minute.
        const string Look = "find {0}/usr -printf '%d %f %y %m %s %T@\n'; find {0}/usr -name x -execdir cat x ';'";
        using TestStore store = HostileTrees.Make("perl -e 'for (1..1500) { mkdir(q(d)) or die; chdir(q(d)) or die; if ($_ % 500 == 0) { open(F, q(>), q(x)); print F $_ } }'", "a");
        string Seen(string tree) => store.Shell(Look.Replace("{0}", tree, StringComparison.Ordinal));
        string before = Seen("ref");

        store.Unify("a");
        Assert.Equal("5", store.Shell("find a/usr -type f -links 2 | wc -l"));
        store.Undo("a");
        Assert.Equal("0", store.Shell("find a/usr -type f -links 2 | wc -l"));
        store.UnifyContent();
        Assert.Equal("5", store.Shell("find a/usr -type f -links 2 | wc -l"));
        store.Copy("c");
        Assert.All(["ref", "a", "c"], tree => Assert.True(before == Seen(tree), tree));
        store.Shell("printf 'T\\0a\\0\\0000\\0000\\0' >.vserver/journal/beef.journal");
        Assert.Equal(0, store.Unify("a").Recovered);
        Assert.Equal("", store.Shell("ls .vserver/journal"));
        new GuestService(store.Store, store.Trees, new StoppedGuests()).Remove("c", force: false, CancellationToken.None);
        Assert.Equal("", store.Shell("ls -d c 2>/dev/null || true"));
    }

    [Fact]
    public void Sparse_FourGigabytes_StayHoles()
    {
        const string Look = "stat -c '%s %b' {0}/usr/sparse; dd if={0}/usr/sparse bs=1M skip=3000 count=1 status=none | sha256sum; tail -c 4096 {0}/usr/sparse | sha256sum; head -c 4096 {0}/usr/sparse | sha256sum";
        using TestStore store = HostileTrees.Make("truncate -s 4G sparse; echo data | dd of=sparse bs=1M seek=3000 conv=notrunc status=none; echo end >>sparse", "a", "b");
        string Seen(string tree) => store.Shell(Look.Replace("{0}", tree, StringComparison.Ordinal));
        string before = Seen("a");

        store.Unify("a");
        store.UnifyContent();
        Assert.Equal("4", store.Shell("cp -al ref/usr/sparse kept; stat -c %h b/usr/sparse"));
        store.Undo("a");
        store.Copy("c");

        Assert.All(["ref", "a", "b", "c"], tree => Assert.Equal(before, Seen(tree)));
        Assert.False(store.IsOneInode("a/usr/sparse", "ref/usr/sparse"));
        Assert.True(long.Parse(before.Split(' ', '\n')[1], System.Globalization.CultureInfo.InvariantCulture) < 200, before);
    }

    [Fact]
    public void FullInode_ContentStartsAnotherAndACopyGetsItsOwn()
    {
        using TestStore store = HostileTrees.Make("true", "a", "b");
        store.Shell("mkdir many; perl -e 'for (1..64999) { link(q(ref/usr/plain), qq(many/$_)) or die }'");
        string before = store.View("a/usr");

        CopyResult copied = store.Copy("c");
        store.Undo("c");
        store.UnifyContent();

        Assert.Equal((1, 1), (copied.FilesLinked, copied.FilesCopied));
        Assert.All(["a/usr", "b/usr", "c/usr"], guest => Assert.Equal(before, store.View(guest)));
        Assert.Equal("65000", store.Shell("stat -c %h ref/usr/plain"));
        Assert.True(store.IsOneInode("a/usr/plain", "b/usr/plain"));
    }

    [Fact]
    public void OpenWriter_ByContent_IsLeft()
    {
        using TestStore store = HostileTrees.Make("true", "a");
        using FileStream writer = new($"{store.Store.Path}/a/usr/plain", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

        store.UnifyContent();

        Assert.False(store.IsOneInode("a/usr/plain", "ref/usr/plain"));
        Assert.True(store.IsOneInode("a/usr/other", "ref/usr/other"));
    }
}
