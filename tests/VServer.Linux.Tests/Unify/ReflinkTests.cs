using VServer.Errors;
using VServer.Guests;
using VServer.Linux.Tests.Trees;
using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Unify;

public sealed class ReflinkTests
{
    // The tail fills no block; the hole stays one; large is two pieces of the kernel's comparison and a bit.
    private const string Same = """
        mkdir -p ref/usr; head -c 70001 /dev/urandom >ref/usr/odd; head -c 34M /dev/urandom >ref/usr/large
        truncate -s 9M ref/usr/sparse; head -c 4097 /dev/urandom >>ref/usr/sparse; cp -a --reflink=never ref/. a
        """;

    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Unify_Reflink_SharesBytesAndLeavesInodesAlone(string type)
    {
        using LoopTree tree = new(type, 512);
        using TestStore store = TestStore.On(tree, "ref", "a");
        store.Shell(Same + "\nchmod 600 a/usr/odd; chown 5:6 a/usr/odd; touch -d @1.5 a/usr/large; setfattr -n user.x -v y a/usr/sparse; sync -f .");
        string before = Look(store);
        long used = store.UsedBytes;

        UnifyResult told = store.Unify("a", Reflink(whatIf: true));
        UnifyResult result = store.Unify("a", Reflink());

        Assert.Equal((3, 0, 0), (result.Reflinked, result.Linked, result.AlreadyShared));
        Assert.Equal(70001 + (34 << 20) + (9 << 20) + 4097, result.ReflinkedBytes);
        Assert.Equal(73728 + (34 << 20) + 8192, result.SavedBytes);
        Assert.Equal((result.Reflinked, result.ReflinkedBytes, result.SavedBytes), (told.Reflinked, told.ReflinkedBytes, told.SavedBytes));
        Assert.Equal(before, Look(store));
        Assert.InRange(used - store.UsedBytes, result.SavedBytes - (256 << 10), result.SavedBytes + (256 << 10));
    }

    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Unify_ReflinkTwice_KnowsByThePlaceThatAllIsShared(string type)
    {
        using LoopTree tree = new(type, 512);
        using TestStore store = TestStore.On(tree, "ref", "a");
        store.Shell(Same);
        store.Unify("a", Reflink());
        List<UnifyFile> files = [];

        UnifyResult again = store.Unify("a", request => Reflink()(request) with { Files = file => { lock (files) { files.Add(file); } } });

        Assert.Equal((0, 3, 0), (again.Reflinked, again.AlreadyShared, again.SavedBytes));
        Assert.All(files, file => Assert.Equal((true, UnifyMethod.Reflink, SkipReason.AlreadyShared), (file.Shared, file.Method, file.Reason)));
        store.Shell("echo more >>a/usr/odd");
        Assert.Equal(1, store.Unify("a", Reflink()).Skipped[SkipReason.ContentDiffers]);
    }

    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Unify_ReflinkOneThingInTheWay_LeavesTheFileAndSaysWhy(string type)
    {
        using LoopTree tree = new(type, 512);
        using TestStore store = TestStore.On(tree, "ref", "a");
        store.Shell(Same + """

            for name in tail early written sealed; do cp ref/usr/odd ref/usr/$name; cp --reflink=never ref/usr/odd a/usr/$name; done
            printf x | dd of=a/usr/tail bs=1 seek=70000 conv=notrunc status=none
            printf x | dd of=a/usr/large bs=1 seek=20000000 conv=notrunc status=none
            printf x | dd of=a/usr/early bs=1 seek=1 conv=notrunc status=none
            chattr +i a/usr/sealed; sync -f .
            """);
        string before = Look(store);
        using FileStream writer = new($"{store.Store.Path}/a/usr/written", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

        UnifyResult result = store.Unify("a", Reflink());

        Assert.Equal(3, result.Skipped[SkipReason.ContentDiffers]);
        Assert.Equal(1, result.Skipped[SkipReason.OpenForWriting]);
        Assert.Equal(1, result.Skipped[SkipReason.Denied]);
        Assert.Equal(2, result.Reflinked);
        Assert.Equal(before, Look(store));
        Assert.Equal("0", store.Shell("filefrag -v a/usr/large | grep -c shared || true"));
    }

    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Unify_Auto_LinksWhatMayBeOneInodeAndReflinksTheRest(string type)
    {
        using LoopTree tree = new(type, 512);
        using TestStore store = TestStore.On(tree, "ref", "a", "b");
        store.Shell(Same + "\nchmod 600 a/usr/odd; cp -a --reflink=never a/. b; chmod 644 b/usr/odd");
        store.Store.Save(new GuestConfig { Name = "b", HostName = "b", SeparateInodes = true });
        List<UnifyFile> files = [];

        UnifyResult mixed = store.Unify("a", request => request with { Method = UnifyMethod.Auto, Files = file => { lock (files) { files.Add(file); } } });
        UnifyResult separate = store.Unify("b", request => request with { Method = UnifyMethod.Auto });

        Assert.Equal((2, 1), (mixed.Linked, mixed.Reflinked));
        Assert.Equal(["/usr/odd"], files.Where(file => file.Method == UnifyMethod.Reflink).Select(file => file.Path.ToString()));
        Assert.True(store.IsOneInode("a/usr/large", "ref/usr/large"));
        Assert.Equal((0, 3), (separate.Linked, separate.Reflinked));
        Assert.Equal(3, store.Unify("b").Skipped[SkipReason.Excluded]);
        Assert.Equal((0, 3), (store.Unify("a", request => request with { Method = UnifyMethod.Auto }) is { } again ? (again.Linked + again.Reflinked, again.AlreadyShared) : default));
    }

    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Unify_ReflinkByContent_SharesEqualFilesAtAnyPathInsideTrustGroups(string type)
    {
        using LoopTree tree = new(type, 512);
        using TestStore store = TestStore.On(tree, "a", "b", "c", "d");
        store.Shell("""
            mkdir -p {a,b,c,d}/{usr,opt}; head -c 50000 /dev/urandom >a/usr/one; cp --reflink=never a/usr/one b/opt/two; chmod 600 b/opt/two
            cp --reflink=never a/usr/one c/usr/three; cp --reflink=never a/usr/one d/usr/four; head -c 50000 /dev/urandom >b/usr/other
            for n in {1..30}; do head -c 9000 /dev/urandom >a/usr/$n; cp --reflink=never a/usr/$n b/opt/$n; done; sync -f .
            """);
        store.Store.Save(new GuestConfig { Name = "d", HostName = "d", TrustGroup = "others" });
        string before = Look(store);

        UnifyRequest request = new() { Guests = store.Store.GuestNames(), Scope = UnifyScope.Content, Method = UnifyMethod.Reflink };
        IReadOnlyList<UnifyResult> told = store.Service().Unify(request with { WhatIf = true }, CancellationToken.None);
        IReadOnlyList<UnifyResult> done = store.Service().Unify(request, CancellationToken.None);
        IReadOnlyList<UnifyResult> again = store.Service().Unify(request, CancellationToken.None);

        Assert.Equal((32, (32 - 2) * 12288 + (2 * 53248)), (done.Sum(result => result.Reflinked), done.Sum(result => result.SavedBytes)));
        Assert.Equal(done.Select(result => (result.Reflinked, result.SavedBytes)), told.Select(result => (result.Reflinked, result.SavedBytes)));
        Assert.Equal((0, 63), (again.Sum(result => result.Reflinked), again.Sum(result => result.AlreadyShared)));
        Assert.Equal(0, done[3].Reflinked);
        Assert.Equal("0", store.Shell("filefrag -v d/usr/four b/usr/other | grep -c shared || true"));
        Assert.Equal(before, Look(store));
    }

    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Unify_AutoByContent_LinksTheAlikeAndReflinksTheEqual(string type)
    {
        using LoopTree tree = new(type, 512);
        using TestStore store = TestStore.On(tree, "a", "b", "c");
        store.Shell("""
            mkdir -p {a,b,c}/usr; head -c 50000 /dev/urandom >a/usr/one; cp -a --reflink=never a/usr/one b/usr/
            cp -a --reflink=never a/usr/one c/usr/mode1; chmod 600 c/usr/mode1; cp -a --reflink=never c/usr/mode1 c/usr/mode2
            """);
        UnifyRequest request = new() { Guests = ["a", "b", "c"], Scope = UnifyScope.Content, Method = UnifyMethod.Auto };

        IReadOnlyList<UnifyResult> done = store.Service().Unify(request, CancellationToken.None);
        IReadOnlyList<UnifyResult> again = store.Service().Unify(request, CancellationToken.None);

        Assert.Equal((2, 1), (done.Sum(result => result.Linked), done.Sum(result => result.Reflinked)));
        Assert.True(store.IsOneInode("a/usr/one", "b/usr/one") && store.IsOneInode("c/usr/mode1", "c/usr/mode2"));
        Assert.Equal((0, 0, 4), (again.Sum(result => result.Linked), again.Sum(result => result.Reflinked), again.Sum(result => result.AlreadyShared)));
    }

    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Replay_AutoByContent_LinksAndReflinksAsPlanned(string type)
    {
        using LoopTree tree = new(type, 512);
        using TestStore store = TestStore.On(tree, "a", "b", "c");
        store.Shell("""
            mkdir -p {a,b,c}/usr; head -c 50000 /dev/urandom >a/usr/one; cp -a --reflink=never a/usr/one b/usr/; cp -a --reflink=never a/usr/one b/usr/since
            cp -a --reflink=never a/usr/one c/usr/mode1; chmod 600 c/usr/mode1; cp -a --reflink=never c/usr/mode1 c/usr/mode2
            """);
        UnifyRequest request = new() { Guests = ["a", "b", "c"], Scope = UnifyScope.Content, Method = UnifyMethod.Auto, Rules = ["/usr/since"] };
        UnifyPlan plan = store.Service().Plan(request, CancellationToken.None);

        IReadOnlyList<UnifyResult> done = store.Service().Unify(store.Service().Replay(plan with { Rules = [] }, plan.Guests), CancellationToken.None);
        IReadOnlyList<UnifyResult> again = store.Service().Unify(store.Service().Replay(plan, plan.Guests), CancellationToken.None);

        Assert.Equal(3, plan.Entries.Count);
        Assert.Equal((2, 1), (done.Sum(result => result.Linked), done.Sum(result => result.Reflinked)));
        Assert.True(store.IsOneInode("a/usr/one", "b/usr/one") && store.IsOneInode("c/usr/mode1", "c/usr/mode2") && !store.IsOneInode("b/usr/one", "b/usr/since"));
        Assert.Equal((0, 0, 3), (again.Sum(result => result.Linked), again.Sum(result => result.Reflinked), again.Sum(result => result.AlreadyShared)));
    }

    [FileSystemFact("btrfs")]
    public void Replay_ReflinkOnBtrfs_CrossesSubvolumes()
    {
        using LoopTree tree = new("btrfs", 256);
        using TestStore store = TestStore.On(tree, "ref", "a");
        store.Shell("rmdir a; btrfs -q subvolume create a; mkdir -p ref/usr a/usr; head -c 50000 /dev/urandom >ref/usr/x; cp -a --reflink=never ref/usr a/; sync -f .");
        UnifyRequest request = new() { Reference = "ref", Guests = ["a"], Scope = UnifyScope.Tree, Method = UnifyMethod.Reflink };

        UnifyPlan plan = store.Service().Plan(request, CancellationToken.None);

        Assert.Equal(1, store.Service().Unify(store.Service().Replay(plan, ["a"]), CancellationToken.None).Single().Reflinked);
    }

    [FileSystemFact("btrfs")]
    public void Unify_ReflinkOnBtrfs_CrossesSubvolumesAndLeavesWhatHasNoBlock()
    {
        using LoopTree tree = new("btrfs", 256);
        using TestStore store = TestStore.On(tree, "ref", "a");
        store.Shell("rmdir a; btrfs -q subvolume create a; mkdir -p ref/usr a/usr; head -c 50000 /dev/urandom >ref/usr/x; echo tiny >ref/usr/tiny; cp -a --reflink=never ref/usr a/; sync -f .");

        Assert.Equal(2, store.Unify("a").Skipped[SkipReason.OtherFileSystem]);
        UnifyResult result = store.Unify("a", request => request with { Method = UnifyMethod.Auto });

        Assert.Equal((1, 53248), (result.Reflinked, result.SavedBytes));
        Assert.Equal(1, result.Skipped[SkipReason.TooSmall]);
    }

    [FileSystemFact("btrfs")]
    public void Unify_FilesWithAndWithoutChecksums_AreLeftAndSaySo()
    {
        using LoopTree tree = new("btrfs", 256);
        using TestStore store = TestStore.On(tree, "ref", "a");
        store.Shell("mkdir -p ref/usr a/usr; head -c 50000 /dev/urandom >ref/usr/x; touch a/usr/x; chattr +C a/usr/x; cat ref/usr/x >a/usr/x; sync -f .");

        Assert.Equal(1, store.Unify("a", Reflink()).Skipped[SkipReason.Unsupported]);
    }

    [Fact]
    public void Unify_ReflinkWhereTheFileSystemCannot_IsRefusedByNameAndAutoLinks()
    {
        using TestStore store = new("ref", "a");
        store.Shell("mkdir -p ref/usr; echo x >ref/usr/x; echo y >ref/usr/y; cp -a ref/. a; chmod 600 a/usr/y");

        VServerException failure = Assert.Throws<VServerException>(() => store.Unify("a", Reflink()));
        UnifyResult auto = store.Unify("a", request => request with { Method = UnifyMethod.Auto });

        Assert.Equal((ErrorIds.HostUnsupported, store.Store.Path), (failure.ErrorId, failure.Target));
        Assert.Contains(store.Shell("findmnt -no FSTYPE -T ."), failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0, 1), (auto.Linked, auto.Reflinked, auto.Skipped[SkipReason.MetadataDiffers]));
    }

    [FileSystemFact("xfs")]
    public void Unify_ReflinkOnXfsMadeWithout_IsRefused()
    {
        using LoopTree tree = new("xfs -m reflink=0", 320);
        using TestStore store = TestStore.On(tree, "ref", "a");

        Assert.Equal(ErrorIds.HostUnsupported, Assert.Throws<VServerException>(() => store.Unify("a", Reflink())).ErrorId);
    }

    private static Func<UnifyRequest, UnifyRequest> Reflink(bool whatIf = false) =>
        request => request with { Method = UnifyMethod.Reflink, WhatIf = whatIf };

    /// <summary>Every inode's number and times, and every tree's view: none of it may change.</summary>
    private static string Look(TestStore store) =>
        store.Shell("find . -path ./.vserver -prune -o -printf '%p %i %n %T@ %C@\\n' | sort") + string.Concat(store.Store.GuestNames().Select(store.View));
}
