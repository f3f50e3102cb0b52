using VServer.Accounting;
using VServer.Guests;
using VServer.Linux.Storage;
using VServer.Linux.Tests.Trees;
using VServer.Linux.Tests.Unify;
using VServer.Linux.Trees;
using VServer.Ports;
using VServer.Templates;
using Xunit;

namespace VServer.Linux.Tests.Accounting;

/// <summary>What is measured is what du and find say, to the byte.</summary>
public sealed class UsageTests
{
    // Everything that is easily counted twice or not at all.
    private const string Trees = """
        mkdir -p ref/usr/bin one/usr/bin two/usr/bin three .vserver/delta/one/upper .vserver/delta/one/work stranger
        for i in $(seq 40); do head -c $((i * 997)) /dev/urandom >ref/usr/bin/f$i; ln ref/usr/bin/f$i one/usr/bin/f$i; done
        for i in $(seq 15); do ln ref/usr/bin/f$i two/usr/bin/f$i; done
        head -c 300000 /dev/urandom >one/own; ln one/own one/own-again; ln one/own one/usr/own-third
        truncate -s 400M one/sparse; echo end >>one/sparse
        head -c 70000 /dev/urandom >two/both; ln two/both three/both
        ln -s nowhere two/link; ln two/link two/link-again; mkfifo two/fifo
        mkdir two/many; (cd two/many; for i in $(seq 1500); do : >a-rather-long-name-to-fill-blocks-$i; done; rm -f *5)
        head -c 9000 /dev/urandom >.vserver/delta/one/upper/changed; ln .vserver/delta/one/upper/changed .vserver/delta/one/upper/changed-too
        head -c 5000 /dev/urandom >stranger/file
        mkdir -p .vserver/journal/x.staging; ln ref/usr/bin/f40 .vserver/journal/x.staging/copy
        setfattr -n user.large -v $(head -c 2500 /dev/zero | tr '\0' x) three/both 2>/dev/null || true
        mkdir -p "three/$(printf 'not utf-8 \377\nnewline')"; echo x >"three/$(printf 'not utf-8 \377\nnewline')/f"
        """;

    [FileSystemFact("ext4")]
    public void Ext4_Sum_IsWhatDuAndFindSay() => AssertExact("ext4", 65_000, "true");

    [FileSystemFact("btrfs")]
    public void Btrfs_Sum_IsWhatDuAndFindSay() => AssertExact(
        "btrfs", 65_535, "head -c 3M /dev/urandom >one/extents; cp --reflink=always one/extents two/extents; btrfs -q subvolume create two/sub; cp -a two/both two/sub/");

    [FileSystemFact("xfs")]
    public void Xfs_Sum_IsWhatDuAndFindSay() => AssertExact(
        "xfs", int.MaxValue, "head -c 3M /dev/urandom >one/extents; cp --reflink=always one/extents two/extents");

    [Fact]
    public void Sharing_IsTold_PartnerByPartner()
    {
        using TestStore store = new("ref", "one", "two");
        store.Shell("head -c 8192 /dev/urandom >ref/a; head -c 4096 /dev/urandom >ref/b; ln ref/a one/a; ln ref/b one/b; ln ref/a two/a");

        StoreReport report = Measure(store.Store);

        Usage one = Part(report, "one");
        Assert.Equal([("ref", 2L, 12288L), ("two", 1L, 8192L)], one.SharedWith.Select(partner => (partner.Partner, partner.Inodes, partner.Bytes)));
        Assert.All(one.SharedWith, partner => Assert.True(partner.Allowed));
        Assert.Equal((2L, 12288L), (one.SharedInodes, one.SharedBytes));
        Assert.Equal((2L, 12288L), (report.Total.SharedInodes, report.Total.SharedBytes));
        Assert.Equal(8192 + 12288, report.Total.SavedBytes);
    }

    [Fact]
    public void Folder_RemovedWhileItIsOpen_FailsNothing()
    {
        using TestStore store = new("one");
        store.Shell("mkdir -p one/gone one/kept; head -c 4096 /dev/urandom >one/kept/file");
        WatchedTreeHost trees = new();
        trees.At(nameof(IFolder.Read), "/gone", 1, () => store.Shell("rmdir one/gone"));

        Usage one = Part(new UsageService(store.Store, trees).Measure(null, CancellationToken.None), "one");

        // The removed one counts, too: its name was read before.
        Assert.True(trees.IsDone);
        Assert.Equal(4, one.TotalInodes);
    }

    [Fact]
    public void TrustGroups_Mixed_AreTold()
    {
        using TestStore store = new("one", "two", "three");
        store.Store.Save(new GuestConfig { Name = "two", HostName = "two", TrustGroup = "customers" });
        store.Shell("echo x >one/x; ln one/x two/x; ln one/x three/x; echo y >one/y; ln one/y three/y");

        StoreReport report = Measure(store.Store);

        Assert.Equal([1L, 1L, 1L], report.Parts.OrderBy(part => part.Name).Select(part => part.OtherTrustGroupInodes));
        Assert.Equal(1, report.Total.OtherTrustGroupInodes);
        Assert.Equal([("three", true), ("two", false)], Part(report, "one").SharedWith.Select(partner => (partner.Partner, partner.Allowed)));
    }

    [Fact]
    public void NamesOutsideTheStore_AreTold_AndNotFreed()
    {
        using TestStore store = new("one");
        store.Shell("head -c 8192 /dev/urandom >one/x; ln one/x ../outside");

        StoreReport report = Measure(store.Store);

        Assert.Equal((1L, 8192L), (report.Total.OutsideInodes, report.Total.OutsideBytes));
        Usage one = Assert.Single(report.Parts);
        Assert.Equal(one.ExclusiveBytes - 8192, one.FreedByRemoval);
        AssertSumIs(report, store.Store.Path);
    }

    [Fact]
    public void LinkHeadroom_IsWhatTheMostLinkedInodeCanStillGet()
    {
        using LoopTree tree = new("ext4", 64);
        Store store = Store.OpenOrCreate($"{tree.Path}/store", new LinuxStoreHost());
        store.Save(new GuestConfig { Name = "one", HostName = "one" });
        tree.Run("mkdir store/one; cd store/one; : >x; for i in $(seq 99); do ln x x$i; done");

        StoreReport report = Measure(store);
        long headroom = Assert.Single(report.Parts).LinkHeadroom ?? 0;
        tree.Run($"perl -e 'for (1..{headroom}) {{ link(\"store/one/x\", \"store/one/y$_\") or die \"$_: $!\" }} exit(link(\"store/one/x\", \"store/one/z\") ? 1 : 0)'");

        Assert.Equal(64_900, headroom);
        Assert.Equal(headroom, report.Total.LinkHeadroom);
    }

    [Fact]
    public void Tree_DeeperThanPathsCanBe_IsCounted()
    {
        using TestStore store = new("one");
        store.Shell("perl -e 'chdir(\"one\"); for (1..1500) { mkdir(\"folder\") or die; chdir(\"folder\") or die } open(F, \">\", \"last\")'");

        StoreReport report = Measure(store.Store);

        Assert.Equal(1502, Assert.Single(report.Parts).TotalInodes);
        AssertSumIs(report, store.Store.Path);
    }

    [Fact]
    public void TreeThatIsALink_IsNotFollowed()
    {
        using TestStore store = new("one");
        store.Shell("mkdir ../elsewhere; head -c 90000 /dev/urandom >../elsewhere/x; rmdir one; ln -s ../elsewhere one");

        StoreReport report = Measure(store.Store);

        Assert.Empty(report.Parts);
        AssertSumIs(report, store.Store.Path);
    }

    private static void AssertExact(string type, long linkLimit, string more)
    {
        using LoopTree tree = new(type, 320);
        Store store = Store.OpenOrCreate($"{tree.Path}/store", new LinuxStoreHost());
        store.Save(new TemplateConfig { Name = "ref" });
        foreach (string guest in new[] { "one", "two", "three" })
        {
            store.Save(new GuestConfig { Name = guest, HostName = guest });
        }

        tree.Run($"cd store; {Trees}\n{more}\nln one/own ../outside; sync");

        StoreReport report = Measure(store);

        AssertSumIs(report, store.Path);
        Assert.Equal(type, report.Total.FileSystem);
        Assert.Equal(linkLimit, report.Total.LinkLimit);
        Assert.Equal((1, 3), (report.Total.Templates, report.Total.Guests));
        Assert.Equal(1, report.Total.OutsideInodes);
        // Alone each takes what du says of it and its delta, without regard to the others.
        Assert.Equal(Du(tree, "store/two"), Part(report, "two").TotalBytes);
        Assert.Equal(Du(tree, "store/one store/.vserver/delta/one"), Part(report, "one").TotalBytes);
        Assert.Equal(Du(tree, "store/.vserver/delta/one"), Part(report, "one").DeltaBytes);
        Assert.All(report.Parts, part => Assert.Equal(part.TotalBytes, part.ExclusiveBytes + part.SharedBytes));
    }

    private static void AssertSumIs(StoreReport report, string path)
    {
        long bytes = long.Parse(Shell.Run($"du -s --block-size=1 '{path}' | cut -f1"));
        long inodes = long.Parse(Shell.Run($"find '{path}' -printf '%D %i\\n' | sort -u | wc -l"));
        Assert.Equal(bytes, report.Total.TotalBytes);
        Assert.Equal(inodes, report.Total.TotalInodes);
        Assert.Equal(bytes, report.Total.OwnBytes + report.Parts.Sum(part => part.AmortisedBytes));
        Assert.Equal(inodes, report.Total.OwnInodes + report.Parts.Sum(part => part.AmortisedInodes));
    }

    private static long Du(LoopTree tree, string paths) => long.Parse(tree.Run($"du -cs --block-size=1 {paths} | tail -n1 | cut -f1"));

    private static StoreReport Measure(Store store) => new UsageService(store, new LinuxTreeHost()).Measure(null, CancellationToken.None);

    private static Usage Part(StoreReport report, string name) => report.Parts.Single(part => part.Name == name);
}
