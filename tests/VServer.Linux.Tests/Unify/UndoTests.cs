using VServer.Linux.Trees;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Unify;

public sealed class UndoTests
{
    [Fact]
    public void Undo_UnifiedGuest_IsAsItWasAndAloneAgain()
    {
        using TestStore store = new("ref", "a");
        store.Shell("mkdir -p ref/usr; echo x >ref/usr/plain; truncate -s 10M ref/usr/sparse; echo end >>ref/usr/sparse; echo c >ref/usr/cap; setcap cap_net_raw+ep ref/usr/cap; setfacl -m u:1:r ref/usr/plain; chown 7:8 ref/usr/plain; cp -a ref/. a; touch -d @5.5 a/usr");
        string before = store.View("a");
        string disk = store.Shell("du -s a | cut -f1");
        store.Unify("a");

        UndoResult result = store.Undo("a");

        Assert.Equal((3, 0), (result.Copied, result.AlreadyPrivate));
        Assert.Equal(before, store.View("a"));
        Assert.Equal(disk, store.Shell("du -s a | cut -f1"));
        Assert.Equal("", store.Shell("find a -type f -links +1"));
        Assert.Equal("", store.Shell("ls .vserver/journal"));
    }

    [Fact]
    public void Undo_LinksWithinTheGuest_StayLinks()
    {
        using TestStore store = new("ref", "a");
        store.Shell("mkdir -p ref/usr; echo x >ref/usr/one; ln ref/usr/one ref/usr/two; cp -a ref/. a; echo y >a/usr/own; ln a/usr/own a/usr/own2; ln -f ref/usr/one a/usr/one; ln -f ref/usr/one a/usr/two");

        UndoResult result = store.Undo("a");

        Assert.Equal((2, 2), (result.Copied, result.AlreadyPrivate));
        Assert.True(store.IsOneInode("a/usr/one", "a/usr/two"));
        Assert.True(store.IsOneInode("a/usr/own", "a/usr/own2"));
        Assert.False(store.IsOneInode("a/usr/one", "ref/usr/one"));
    }

    [Fact]
    public void Undo_OnePackage_LeavesTheOthersShared()
    {
        using TestStore store = new("ref", "a");
        store.Shell("mkdir -p ref/usr; echo 1 >ref/usr/one; echo 2 >ref/usr/two; cp -al ref/. a");
        store.Packages.Add("a", new InstalledPackage("one", "1", "all"), ["usr/one"]);
        store.Packages.Add("a", new InstalledPackage("two", "1", "all"), ["usr/two"]);

        Assert.Equal(1, store.Undo("a", request => request with { Package = name => name == "one" }).Copied);
        Assert.False(store.IsOneInode("a/usr/one", "ref/usr/one"));
        Assert.True(store.IsOneInode("a/usr/two", "ref/usr/two"));
    }

    [Fact]
    public void Undo_OfAPath_FollowsTheGuestsOwnFolderLinksAndLeavesTheOthers()
    {
        using TestStore store = new("ref", "a");
        store.Shell("mkdir -p ref/usr/bin; ln -s usr/bin ref/bin; for f in one two $'\\xff'; do echo 1 >ref/usr/bin/$f; done; cp -al ref/. a");
        using IFolder root = new LinuxTreeHost().OpenRoot(store.Store.TreePath("a"));
        PathSelection files = new PathSelection(["/bin/one", "/usr/bin/\\xff", "/usr/nothing"]).In(root, out IReadOnlyList<UnixPath> missing);

        Assert.Equal(2, store.Undo("a", request => request with { Path = files.Includes }).Copied);
        Assert.Equal("/usr/nothing", Assert.Single(missing).ToString());
        Assert.False(store.IsOneInode("a/usr/bin/one", "ref/usr/bin/one"));
        Assert.True(store.IsOneInode("a/usr/bin/two", "ref/usr/bin/two"));
    }

    [Fact]
    public void Undo_SealedInodeOfWhichOnlyTheReferencesNamesAreLeft_IsUnsealed()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell("mkdir -p ref/usr; echo x >ref/usr/one; ln ref/usr/one ref/usr/two; cp -al ref/. a; cp -al ref/. b; chattr +i ref/usr/one");

        store.Undo("a");
        Assert.Contains("i", Flags(store, "ref/usr/one"), StringComparison.Ordinal);
        Assert.DoesNotContain("i", Flags(store, "a/usr/one"), StringComparison.Ordinal);

        store.Undo("b");
        Assert.DoesNotContain("i", Flags(store, "ref/usr/one"), StringComparison.Ordinal);
        Assert.True(store.IsOneInode("ref/usr/one", "ref/usr/two"));
    }

    [Fact]
    public void Undo_SealedFileThatNobodySharesAnyMore_IsUnsealed()
    {
        using TestStore store = new("a");
        store.Shell("mkdir a/usr; echo x >a/usr/one; chattr +i a/usr/one");

        Assert.Equal((0, 1), (store.Undo("a", request => request with { WhatIf = true }).Copied, store.Undo("a").AlreadyPrivate));
        Assert.DoesNotContain("i", Flags(store, "a/usr/one"), StringComparison.Ordinal);
    }

    [Fact]
    public void Undo_WhatIf_ChangesNothing()
    {
        using TestStore store = new("ref", "a");
        store.Shell("mkdir -p ref/usr; echo 1 >ref/usr/one; cp -al ref/. a");

        UndoResult result = store.Undo("a", request => request with { WhatIf = true });

        Assert.Equal((1, true), (result.Copied, result.WhatIf));
        Assert.True(store.IsOneInode("a/usr/one", "ref/usr/one"));
    }

    private static string Flags(TestStore store, string file) => store.Shell($"lsattr {file}").Split(' ')[0];

    [Fact]
    public void Undo_AfterAKilledUndo_RemovesItsStagedCopies()
    {
        using TestStore store = new("ref", "a");
        store.Shell("mkdir -p ref/usr .vserver/journal/beef.staging; echo 1 >ref/usr/one; cp -al ref/. a; echo half >.vserver/journal/beef.staging/0-0; printf 'T\\0a\\0\\0000\\0000\\0' >.vserver/journal/beef.journal");

        Assert.Equal(1, store.Undo("a").Copied);
        Assert.Equal("", store.Shell("ls .vserver/journal"));
        Assert.Equal("1", store.Shell("cat a/usr/one"));
    }
}
