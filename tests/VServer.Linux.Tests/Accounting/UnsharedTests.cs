using VServer.Accounting;
using VServer.Errors;
using VServer.Linux.Tests.Unify;
using VServer.Linux.Trees;
using VServer.Packages;
using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Accounting;

/// <summary>What is not shared, and what sharing it would save.</summary>
public sealed class UnsharedTests
{
    private static readonly InstalledPackage Tool = new("tool", "1", "all");

    [Fact]
    public void Unshared_ListsFilesOfPackages_WithTheReasonThatKeepsThem()
    {
        using TestStore store = new("ref", "one");
        store.Shell("mkdir -p one/usr one/etc; cd one; echo s >usr/shared; ln usr/shared ../ref/; echo o >usr/own; echo t >usr/twice; ln usr/twice usr/again; : >usr/empty; echo c >etc/conf; echo v >etc/var; echo n >usr/unpackaged");
        store.Packages.Add("one", Tool, ["usr/shared", "usr/own", "usr/twice", "usr/again", "usr/empty", "etc/conf", "etc/var", "usr/gone"], "etc/conf");

        IReadOnlyList<UnsharedFile> found = Find(store, "one");

        Assert.Equal(
            [("/etc/conf", SkipReason.Configuration), ("/etc/var", SkipReason.Excluded), ("/usr/again", null), ("/usr/empty", SkipReason.Empty), ("/usr/own", null), ("/usr/twice", (SkipReason?)null)],
            found.Select(file => (file.Path.ToString(), file.Reason)).Order());
        Assert.All(found, file => Assert.Equal("tool", file.Package));
    }

    [Fact]
    public void Unshared_WithoutDatabase_SaysSo()
    {
        using TestStore store = new("one");

        Assert.Equal(ErrorIds.PackageDatabaseMissing, Assert.Throws<VServerException>(() => Find(store, "one")).ErrorId);
    }

    [Theory]
    [InlineData("ref", UnifyScope.Tree)]
    [InlineData(null, UnifyScope.Content)]
    public void Savings_AreWhatUnifySavesThen(string? reference, UnifyScope scope)
    {
        using TestStore store = new("ref", "one", "two");
        store.Shell("mkdir ref/usr; cd ref/usr; for i in $(seq 20); do head -c ${i}000 /dev/urandom >f$i; done; cd ../..; cp -a ref/usr one/; cp -a ref/usr two/; echo changed >one/usr/f3; echo changed >two/usr/f7; ln -f ref/usr/f9 one/usr/f9");

        IReadOnlyList<Usage> before = Complete(store, reference, scope);
        store.Service().Unify(new UnifyRequest { Reference = reference, Guests = reference is null ? ["one", "ref", "two"] : ["one", "two"], Scope = scope }, CancellationToken.None);
        IReadOnlyList<Usage> after = Complete(store, reference, scope);

        Assert.Equal(Taken(before) - Taken(after), before.Sum(usage => usage.SavableBytes));
        Assert.All(after.Where(usage => usage.Name != reference), usage => Assert.Equal((0L, 0L), (usage.SavableBytes, usage.SavableFiles)));
        Assert.Equal(reference is not null, before.Any(usage => usage.SavableBytes is null));
    }

    [Fact]
    public void Savings_OfARunningGuest_AreNotKnown()
    {
        using TestStore store = new("ref", "one");
        store.Shell("echo x >ref/x");
        IReadOnlyList<Usage> usages = new UsageService(store.Store, new LinuxTreeHost()).Measure(null, CancellationToken.None).Parts;

        IReadOnlyList<Usage> done = new SavingsFinder(store.Store, store.Service("one")).Complete(usages, "ref", UnifyScope.Tree, null, CancellationToken.None);

        Assert.All(done, usage => Assert.Null(usage.SavableBytes));
    }

    private static long Taken(IReadOnlyList<Usage> usages) => usages.Sum(usage => usage.AmortisedBytes);

    private static IReadOnlyList<Usage> Complete(TestStore store, string? reference, UnifyScope scope) => new SavingsFinder(store.Store, store.Service())
        .Complete(new UsageService(store.Store, new LinuxTreeHost()).Measure(null, CancellationToken.None).Parts, reference, scope, null, CancellationToken.None);

    private static List<UnsharedFile> Find(TestStore store, string name)
    {
        List<UnsharedFile> found = [];
        new UnsharedFiles(store.Store, new LinuxTreeHost(), store.Packages).Find(name, found.Add, CancellationToken.None);
        return found;
    }
}
