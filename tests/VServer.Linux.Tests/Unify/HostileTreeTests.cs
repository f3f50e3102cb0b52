using VServer.Guests;
using VServer.Linux.Tests.Trees;
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
    public void FifteenHundredLevels_TakeNeitherStackNorDescriptorsAndPathsAreLongerThanACallTakes()
    {
        // By what names no path: 7,500 bytes are more than most programs take.
        const string Look = "find {0}/usr -printf '%d %f %y %m %s %T@\n'; find {0}/usr -name x -execdir cat x ';'";
        using TestStore store = new("ref", "a");
        store.Shell("mkdir ref/usr a/usr; for tree in ref a; do (cd $tree/usr; perl -e 'for (1..1500) { mkdir(q(deep)) or die; chdir(q(deep)) or die; if ($_ % 500 == 0) { open(F, q(>), q(x)); print F $_; close(F); utime(7, 7, q(x), q(.)) } }'); done");
        string Seen(string tree) => store.Shell(Look.Replace("{0}", tree, StringComparison.Ordinal));
        string before = Seen("a");

        store.Unify("a");
        Assert.Equal("3", store.Shell("find a/usr -type f -links 2 | wc -l"));
        store.Undo("a");
        Assert.Equal("0", store.Shell("find a/usr -type f -links 2 | wc -l"));
        store.UnifyContent();
        Assert.Equal("3", store.Shell("find a/usr -type f -links 2 | wc -l"));
        store.Copy("c");
        Assert.True(before == Seen("a"));
        Assert.True(Seen("ref") == Seen("c"));
        store.Shell("printf 'T\\0a\\0\\0000\\0000\\0' >.vserver/journal/beef.journal; find a/usr -name x -execdir ln x .vs-beef-1 ';'");
        Assert.Equal(3, store.Unify("a").Recovered);
        Assert.Equal("", store.Shell("ls .vserver/journal; find a -name '.vs-*'"));
        new GuestService(store.Store, store.Trees, new StoppedGuests()).Remove("c", force: false, CancellationToken.None);
        Assert.Equal("", store.Shell("ls -d c 2>/dev/null || true"));
    }

    [HeavyFact]
    public void TwoHundredThousandFiles_AreSharedAndGivenBack()
    {
        using TestStore store = HostileTrees.Make("perl -e 'for my $d (1..200) { mkdir($d) or die; for (1..1000) { open(F, q(>), qq($d/$_)) or die; print F qq($d $_); close(F) } }'", "a");
        string before = store.View("a");

        Assert.Equal(200_002, store.Unify("a").Linked);
        Assert.Equal(before, store.View("a"));
        Assert.Equal(store.Inodes("ref"), store.Inodes("a"));
        Assert.Equal(200_002, store.Undo("a").Copied);
        Assert.Equal(before, store.View("a"));
        store.UnifyContent();
        Assert.Equal(store.Inodes("ref"), store.Inodes("a"));
        Assert.Equal(200_002, store.Copy("c").FilesLinked);
        Assert.Equal(store.Inodes("ref/usr"), store.Inodes("c/usr"));
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
