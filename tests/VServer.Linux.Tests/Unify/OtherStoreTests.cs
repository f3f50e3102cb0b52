using System.Globalization;
using VServer.Linux.Tests.Trees;
using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Unify;

/// <summary>Unify and undo in stores on the file systems that do it otherwise than ext4.</summary>
public sealed class OtherStoreTests
{
    private const string Everything = """
        mkdir -p ref/usr; head -c 3M /dev/urandom >ref/usr/large; echo plain >ref/usr/plain; truncate -s 20M ref/usr/sparse; head -c 8192 /dev/urandom >>ref/usr/sparse
        head -c 9000 /dev/urandom >ref/usr/rich; setcap cap_net_raw+ep ref/usr/rich; setfacl -m u:1:r ref/usr/rich; setfattr -n user.a -v b ref/usr/rich; chattr +d ref/usr/rich
        cp -a --reflink=never ref/. a; chattr +d a/usr/rich; touch -d @5.5 a/usr; sync -f .
        """;

    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Undo_HardLinks_CopiesByReflinkWithHolesAttributesAndFlags(string type)
    {
        using LoopTree tree = new(type, 512);
        using TestStore store = TestStore.On(tree, "ref", "a");
        store.Shell(Everything);
        string before = View(store);
        UnifyResult shared = store.Unify("a", request => request with { Guard = UnifyGuard.Immutable });
        Assert.Equal("i", store.Shell("lsattr a/usr/rich | cut -c5"));
        long used = store.UsedBytes;

        UndoResult undone = store.Undo("a");

        Assert.Equal((4, 4), (shared.Linked, undone.Copied));
        Assert.Equal(before, View(store));
        Assert.Equal("", store.Shell("find a ref -type f -links +1; ls .vserver/journal; lsattr -R a ref | grep -v '^.*/' | grep -- '^....i' || true"));
        Assert.InRange(store.UsedBytes - used, 0, 1 << 20);
        Assert.Contains("shared", store.Shell("filefrag -v a/usr/large"), StringComparison.Ordinal);
    }

    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Undo_Reflinks_GivesBytesOnDiskOfItsOwnAndKeepsHoles(string type)
    {
        using LoopTree tree = new(type, 512);
        using TestStore store = TestStore.On(tree, "ref", "a");
        store.Shell(Everything);
        string before = View(store);
        store.Unify("a", request => request with { Method = UnifyMethod.Reflink });
        store.Shell("ln -f ref/usr/plain a/usr/plain; touch -d @5.5 a/usr");

        UndoResult inodes = store.Undo("a", request => request with { WhatIf = true });
        UndoResult told = store.Undo("a", request => request with { Method = UnifyMethod.Reflink, WhatIf = true });
        UndoResult done = store.Undo("a", request => request with { Method = UnifyMethod.Reflink });
        UndoResult both = store.Undo("a", request => request with { Method = UnifyMethod.Auto });

        Assert.Equal((1, 3, 3, 1), (inodes.Copied, told.Copied, done.Copied, both.Copied));
        Assert.Equal(before, View(store));
        Assert.Equal("0", store.Shell("sync -f .; filefrag -v a/usr/* | grep -c shared || true"));
        Assert.InRange(long.Parse(store.Shell("stat -c %b a/usr/sparse"), CultureInfo.InvariantCulture) * 512, 8192, 65536);
        Assert.Equal(0, store.Undo("a", request => request with { Method = UnifyMethod.Auto }).Copied);
    }

    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Undo_NoSpaceForTheBytes_LeavesTheGuestAsItWas(string type)
    {
        using LoopTree tree = new(type, 320);
        using TestStore store = TestStore.On(tree, "ref", "a");
        store.Shell("mkdir -p ref/usr; head -c 40M /dev/urandom >ref/usr/large; head -c 20000 /dev/urandom >ref/usr/small; cp -a --reflink=never ref/. a; sync -f .");
        store.Unify("a", request => request with { Method = UnifyMethod.Reflink });
        store.Shell("sync -f .; head -c 300M /dev/zero >filler 2>/dev/null || true; sync -f . || true; truncate -s -12M filler; sync -f .");
        string before = View(store);

        UndoResult result = store.Undo("a", request => request with { Method = UnifyMethod.Reflink });

        // The small one may find room.
        Assert.Equal(2, result.Copied + result.Skipped[SkipReason.Denied]);
        Assert.InRange(result.Copied, 0, 1);
        Assert.Equal(before, View(store));
        Assert.Equal("", store.Shell("ls .vserver/journal"));
    }

    [FileSystemFact("btrfs")]
    public void Unify_BtrfsTakesNoMoreNames_StartsASecondGeneration()
    {
        using LoopTree tree = new("btrfs", 256);
        using TestStore store = TestStore.On(tree, "ref", "a", "b");
        store.Shell("mkdir -p ref/usr many; head -c 9000 /dev/urandom >ref/usr/text; cp -a ref/. a; cp -a ref/. b; perl -e 'for (1..65533) { link(q(ref/usr/text), qq(many/$_)) or die \"$_ $!\" }'");
        string before = View(store);

        Assert.Equal(1, store.Unify("a").Linked);
        Assert.Equal(1, store.Unify("b").Linked);

        Assert.True(store.IsOneInode("b/usr/text", "ref/usr/text") && !store.IsOneInode("b/usr/text", "a/usr/text"));
        Assert.Equal(before, View(store));
    }

    [FileSystemFact("btrfs")]
    public void Unify_OldBtrfsTakesFewNamesInOneFolder_LinksWhatItTakesAndSaysSo()
    {
        using LoopTree tree = new("btrfs -O ^extref", 256);
        using TestStore store = TestStore.On(tree, "a", "b");
        store.Shell("mkdir -p {a,b}/usr; head -c 9000 /dev/urandom >a/usr/one; n=$(printf 'x%.0s' {1..240}); for i in {100..199}; do cp -a a/usr/one b/usr/$n$i; done");
        string before = View(store);

        IReadOnlyList<UnifyResult> results = store.UnifyContent();

        Assert.InRange(results[1].Linked, 10, 99);
        Assert.Equal(100, results.Sum(result => result.Linked + result.Skipped.GetValueOrDefault(SkipReason.LinkLimit)));
        Assert.Equal(before, View(store));
    }

    private static string View(TestStore store) => string.Concat(store.Store.GuestNames().Select(store.View)) + store.Shell("lsattr -R ref a 2>/dev/null | sort -k2 | cut -c7 | tr -d '\\n' || true");
}
