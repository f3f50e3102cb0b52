using System.Collections.Concurrent;
using VServer.Guests;
using VServer.Linux.Tests.Packages;
using VServer.Linux.Tests.Unify;
using VServer.Linux.Trees;
using VServer.Trust;
using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Trust;

/// <summary>What is wrong is found, what can be put right is, and nothing else is touched.</summary>
public sealed class TrustTests
{
    // A guest and its reference, each with a real dpkg database of one package.
    private const string Trees = """
        mkdir -p ref/usr/bin ref/etc ref/var/lib/dpkg/info
        for f in a b c; do echo "this is $f" >ref/usr/bin/$f; done; echo conf >ref/etc/tool.conf; ln -s usr/bin ref/bin
        (cd ref; md5sum usr/bin/b usr/bin/c >var/lib/dpkg/info/tool.md5sums; md5sum usr/bin/a | sed 's, usr/, ,' >>var/lib/dpkg/info/tool.md5sums)
        printf '/.\n/bin\n/bin/a\n/usr/bin/b\n/usr/bin/c\n/etc/tool.conf\n' >ref/var/lib/dpkg/info/tool.list
        printf 'Package: tool\nStatus: install ok installed\nArchitecture: all\nVersion: 1.0\nConffiles:\n /etc/tool.conf 0123456789abcdef0123456789abcdef\n\n' >ref/var/lib/dpkg/status
        find ref -exec touch -h -d '2020-01-02 03:04:05.678' {} +
        cp -a ref one; ln -f ref/usr/bin/c one/usr/bin/c; touch -r ref/usr/bin one/usr/bin
        """;

    [Fact]
    public void Guest_AsItShouldBe_HasNoFindings()
    {
        using TestStore store = Make();

        Assert.Empty(Test(store));
    }

    [Fact]
    public void Packages_MissingAndChanged_AreFoundWhereTheyReallyAre()
    {
        using TestStore store = Make();
        store.Shell("rm one/usr/bin/a; echo evil >one/usr/bin/b; echo mine >one/etc/tool.conf; echo new >one/usr/bin/unpackaged");

        Assert.Equal(
            [("/usr/bin/a", FindingKind.PackageFileMissing), ("/usr/bin/b", FindingKind.PackageFileChanged)],
            Test(store, TestScope.Package).Select(finding => (finding.Path!.ToString(), finding.Kind)).Order());
    }

    [Fact]
    public void Packages_Repaired_AreWhatTheReferenceHas_ToTheAttribute()
    {
        using TestStore store = Make();
        string before = store.View("one");
        store.Shell("rm one/usr/bin/a; touch -d '2020-01-02 03:04:05.678' one/usr/bin");

        RepairStep step = Assert.Single(Repair(store));

        Assert.True(step.Done, step.Detail);
        Assert.Equal(before, store.View("one"));
        Assert.False(store.IsOneInode("one/usr/bin/a", "ref/usr/bin/a"));
        Assert.Empty(Test(store));
    }

    [Fact]
    public void Packages_Changed_StayUnlessAskedFor()
    {
        using TestStore store = Make();
        store.Shell("echo patched >one/usr/bin/b");

        Assert.False(Assert.Single(Repair(store)).Done);
        Assert.Equal("patched", store.Shell("cat one/usr/bin/b"));
        Assert.True(Assert.Single(Repair(store, request => request with { Force = true })).Done);
        Assert.Equal("this is b", store.Shell("cat one/usr/bin/b"));
    }

    [Fact]
    public void Packages_WhereTheReferenceIsChangedToo_AreNotGuessed()
    {
        using TestStore store = Make();
        store.Shell("rm one/usr/bin/a; echo evil >ref/usr/bin/a; rm one/usr/bin/b; sed -i s/1.0/1.1/ ref/var/lib/dpkg/status");

        Assert.All(Repair(store), step => Assert.False(step.Done));
        Assert.Equal("c", store.Shell("ls one/usr/bin"));
    }

    [Fact]
    public void Reference_Differing_IsTold()
    {
        using TestStore store = Make();
        store.Shell("chmod 700 one/usr/bin/a; echo 'this is z' >one/usr/bin/b; touch -r ref/usr/bin/b one/usr/bin/b");

        Assert.Equal(["/usr/bin/a", "/usr/bin/b"], Test(store, TestScope.Reference).Select(finding => finding.Path!.ToString()).Order());
    }

    [Fact]
    public void TrustGroups_Mixed_AreFoundAndParted()
    {
        using TestStore store = Make();
        store.Store.Save(new GuestConfig { Name = "one", HostName = "one", TrustGroup = "customers" });
        string before = store.View("one");

        Finding finding = Assert.Single(Test(store, TestScope.Store));
        Assert.Equal((FindingKind.OtherTrustGroup, "/usr/bin/c"), (finding.Kind, finding.Path!.ToString()));
        Assert.Contains("'ref' of 'default'", finding.Detail, StringComparison.Ordinal);
        Assert.True(Assert.Single(Repair(store)).Done);

        Assert.False(store.IsOneInode("one/usr/bin/c", "ref/usr/bin/c"));
        Assert.Equal(before, store.View("one"));
        Assert.Empty(Test(store, TestScope.Store));
    }

    [Fact]
    public void LeftOvers_AreFound_AndRemovedWhereNothingIsLost()
    {
        using TestStore store = Make();
        store.Shell("ln one/usr/bin/c one/usr/.vs-0123456789ab-3; echo only >one/usr/.vs-0123456789ab-4; echo user >one/usr/.vs-notes-1; touch -d 2020-01-01 one/usr");

        Assert.Equal(["/usr/.vs-0123456789ab-3", "/usr/.vs-0123456789ab-4"], Test(store, TestScope.Store).Select(finding => finding.Path!.ToString()).Order());
        Assert.Equal([true, false], Repair(store).OrderBy(step => step.Path).Select(step => step.Done));

        Assert.Equal(".vs-0123456789ab-4 .vs-notes-1 bin 2020-01-01", store.Shell("echo $(ls -A one/usr) $(stat -c %y one/usr | cut -c1-10)"));
    }

    [Fact]
    public void Journal_OfADeadRun_IsFoundAndPutRight()
    {
        using TestStore store = Make();
        store.Shell("ln one/usr/bin/c one/usr/bin/.vs-aabbccddeeff-0; printf 'T\\0one\\0\\0000\\0000\\0' >.vserver/journal/aabbccddeeff.journal; mkdir .vserver/journal/112233445566.staging");
        List<Finding> found = [];
        Service(store).TestStore(found.Add);

        Assert.Equal(["/.vserver/journal/112233445566.staging", "/.vserver/journal/aabbccddeeff.journal"], found.Select(finding => finding.Path!.ToString()).Order());
        Assert.NotEmpty(Repair(store));

        Assert.Equal("", store.Shell("ls .vserver/journal; ls -A one/usr/bin | grep vs- || true"));
    }

    [Fact]
    public void Guards_AskedForAndMissing_AreFoundAndSet()
    {
        using TestStore store = Make();

        Finding finding = Assert.Single(Test(store, TestScope.Store, UnifyGuard.Immutable));
        Assert.Equal((FindingKind.GuardMissing, "/usr/bin/c"), (finding.Kind, finding.Path!.ToString()));
        Assert.True(Assert.Single(Repair(store, request => request with { Guard = UnifyGuard.Immutable })).Done);

        Assert.Equal("i", store.Shell("lsattr ref/usr/bin/c | cut -c5"));
    }

    [Fact]
    public void Configurations_WithoutTree_Broken_AndTreesWithoutOne_AreFound()
    {
        using TestStore store = Make();
        store.Store.Save(new GuestConfig { Name = "gone", HostName = "gone" });
        store.Shell("mkdir stranger; echo '{' >.vserver/guests/broken.json; mkdir broken");
        List<Finding> found = [];
        Service(store).TestStore(found.Add);

        Assert.Equal((FindingKind.TreeUnknown, "/stranger"), (Assert.Single(found).Kind, found[0].Path!.ToString()));
        Assert.Equal(FindingKind.TreeMissing, Assert.Single(Test(store, name: "gone")).Kind);
        Assert.Equal(FindingKind.ConfigurationInvalid, Assert.Single(Test(store, name: "broken")).Kind);
    }

    [Fact]
    public void WhatIf_TellsTheSame_AndChangesNothing()
    {
        using TestStore store = Make();
        store.Shell("rm one/usr/bin/a; ln one/usr/bin/c one/usr/.vs-0123456789ab-3");
        string before = store.View("one");

        IEnumerable<(FindingKind, bool)> said = [.. Repair(store, request => request with { WhatIf = true }).Select(step => (step.Kind, step.Done))];

        Assert.Equal(before, store.View("one"));
        Assert.Equal("", store.Shell("ls .vserver/journal"));
        Assert.Equal(said, Repair(store).Where(step => step.Kind != FindingKind.JournalLeft).Select(step => (step.Kind, step.Done)));
    }

    [Fact]
    public void DatabaseThatLies_ReachesNothingOutside()
    {
        using TestStore store = Make();
        store.Shell("echo secret >../secret; ln -s ../.. one/up; (printf '%s  ../secret\\n%s  up/secret\\n' $(md5sum <../secret | cut -c1-32) 0123456789abcdef0123456789abcdef) >one/var/lib/dpkg/info/tool.md5sums; cp one/var/lib/dpkg/info/tool.md5sums ref/var/lib/dpkg/info/");

        IReadOnlyList<Finding> found = Test(store, TestScope.Package);

        Assert.All(found, finding => Assert.Equal(FindingKind.PackageFileMissing, finding.Kind));
        Assert.Equal(2, found.Count);
        Assert.All(Repair(store), step => Assert.False(step.Done));
    }

    [Fact]
    public void PackagesOfApk_FilesAndLinks_AreFoundAndRepaired()
    {
        using TestStore store = new();
        store.Shell("""
            mkdir -p ref/{usr/bin,etc,lib/apk/db}; echo tool >ref/usr/bin/tool; ln -s tool ref/usr/bin/link; ln -s tool ref/usr/bin/lost; echo setting >ref/etc/conf
            digest() { printf 'Z:Q1'; sha1sum | cut -c1-40 | perl -ne 'print pack "H40", $_' | base64; }
            (echo 'P:tool'; echo 'V:1'; echo 'A:x'; echo 'F:etc'; echo 'R:conf'; digest </dev/null; echo 'F:usr/bin'; echo 'R:tool'; digest <ref/usr/bin/tool
             for name in link lost; do echo "R:$name"; printf tool | digest; done; echo) >ref/lib/apk/db/installed
            cp -a ref one; echo evil >one/usr/bin/tool; ln -sfn /bin/sh one/usr/bin/link; rm one/usr/bin/lost
            """);
        Save(store);

        Assert.Equal(
            [("/usr/bin/link", FindingKind.PackageFileChanged), ("/usr/bin/lost", FindingKind.PackageFileMissing), ("/usr/bin/tool", FindingKind.PackageFileChanged)],
            Test(store, TestScope.Package).Select(finding => (finding.Path!.ToString(), finding.Kind)).Order());
        Repair(store);
        Assert.Equal("tool", store.Shell("readlink one/usr/bin/lost"));
        Assert.Empty(Test(store, TestScope.Package, name: "ref"));
    }

    [RpmFact]
    public void PackagesOfRpm_MissingAndChanged_AreFound()
    {
        using RpmRoots roots = new();
        using TestStore store = new();
        store.Shell($"cp -a {roots.Path}/root ref; cp -a ref one; echo evil >one/usr/bin/alpha; echo mine >one/usr/share/alpha/alpha.conf; rm one/usr/share/beta/note7");
        Save(store);

        Assert.Empty(Test(store, TestScope.Package, name: "ref"));
        Assert.Equal(
            [("/usr/bin/alpha", FindingKind.PackageFileChanged), ("/usr/share/beta/note7", FindingKind.PackageFileMissing)],
            Test(store, TestScope.Package).Select(finding => (finding.Path!.ToString(), finding.Kind)).Order());
        Repair(store);
        Assert.Equal(["/usr/bin/alpha"], Test(store, TestScope.Package).Select(static finding => $"{finding.Path}"));
    }

    private static TestStore Make()
    {
        TestStore store = new();
        store.Shell(Trees);
        Save(store);
        return store;
    }

    private static void Save(TestStore store)
    {
        store.Store.Save(new GuestConfig { Name = "ref", HostName = "ref" });
        store.Store.Save(new GuestConfig { Name = "one", HostName = "one", Reference = "ref" });
    }

    private static TestService Service(TestStore store) => new(store.Store, new LinuxTreeHost(), new StoppedGuests(), HostRpm.Reader());

    private static IReadOnlyList<Finding> Test(TestStore store, TestScope scope = TestScope.All, UnifyGuard guard = UnifyGuard.MayUnlink, string name = "one")
    {
        ConcurrentQueue<Finding> found = [];
        Service(store).Test(new TestRequest { Name = name, Scope = scope, Guard = guard, Found = found.Enqueue }, CancellationToken.None);
        return [.. found];
    }

    private static IReadOnlyList<RepairStep> Repair(TestStore store, Func<RepairRequest, RepairRequest>? change = null)
    {
        ConcurrentQueue<RepairStep> told = [];
        RepairRequest request = new() { Name = "one", Told = told.Enqueue };
        new RepairService(store.Store, new LinuxTreeHost(), new StoppedGuests(), HostRpm.Reader()).Repair(change?.Invoke(request) ?? request, CancellationToken.None);
        return [.. told];
    }
}
