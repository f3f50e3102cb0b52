using System.Collections.Concurrent;
using System.Globalization;
using VServer.Errors;
using VServer.Guests;
using VServer.Linux.Tests.Packages;
using VServer.Linux.Tests.Trees;
using VServer.Linux.Tests.Unify;
using VServer.Linux.Trees;
using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Guests;

public sealed class GuestCopierTests : IDisposable
{
    private readonly MakerStore store = new();

    public GuestCopierTests()
    {
        store.MakeSystem("store/ref");
        store.Store.Save(new GuestConfig { Name = "ref", HostName = "ref", TrustGroup = "friends", Init = InitStyle.Plain, Command = ["/bin/tool"], Exclude = ["/opt"], IdBase = 0x1000000 });
    }

    [Fact]
    public void Copy_TwoNames_AreTwoGuestsOfTheirOwn()
    {
        IReadOnlyList<CopyResult> results = Copy("web1", "web2");

        Assert.Equal(["web1", "web2"], results.Select(result => result.Guest));
        Assert.All(["web1", "web2"], name =>
        {
            Assert.True(store.IsOneInode("ref/usr/bin/tool", $"{name}/usr/bin/tool"));
            Assert.False(store.IsOneInode("ref/etc/tool/tool.conf", $"{name}/etc/tool/tool.conf"));
            GuestConfig config = store.Store.ReadGuest(name);
            Assert.Equal((name, "ref", "friends", InitStyle.Plain, false), (config.HostName, config.Reference, config.TrustGroup, config.Init, config.Incomplete));
            Assert.Equal("/opt", Assert.Single(config.Exclude));
        });
        Assert.False(store.IsOneInode("web1/etc/tool/tool.conf", "web2/etc/tool/tool.conf"));
        Assert.NotEqual(store.Store.ReadGuest("web1").IdBase, store.Store.ReadGuest("web2").IdBase);
        Assert.NotEqual(0x1000000u, store.Store.ReadGuest("web1").IdBase);
        Assert.Equal("2", store.Run("sort -u store/web[12]/etc/machine-id | grep -cE '^[0-9a-f]{32}$'"));
    }

    [Fact]
    public void Copy_SeveralFromOneWalk_AreLikeOneMadeAlone()
    {
        store.Run("cd store/ref/usr; mkdir -p $'\\xff/new\\nline'; touch $'\\xff/new\\nline/\\xfe' 'a b'; mkfifo -m 600 f; mknod n c 1 3; ln -s /etc l; chown -h 5:6 l; echo multi >m1; ln m1 m2; setfattr -n user.x -v y m1; chmod 2755 'a b'; touch -h -d @5.000000006 * .");
        Copy("web1", "web2", "web3");
        store.CopyGuest("web4");

        const string View = "find . -path ./etc/hosts -o -path ./etc/hostname -o -path ./etc/machine-id -o -path ./etc -o -printf '%p|%y|%m|%U|%G|%T@|%l|%n\\0' | sort -z | tr '\\0' '\\n'; getfattr -R -h -d -m - . ; find . -type f -not -path './etc/[hm]*' -print0 | sort -z | xargs -0 sha256sum";
        string alone = store.Run($"cd store/web4; {View}");
        Assert.All(["web1", "web2", "web3"], name => Assert.Equal(alone, store.Run($"cd store/{name}; {View}")));
        Assert.True(store.IsOneInode("web2/usr/m1", "web2/usr/m2"));
    }

    [Fact]
    public void Copy_Statistics_AreWhatIsThereAndWhatIfSaysTheSameAndMakesNothing()
    {
        store.Run("cd store/ref; mkfifo usr/f; mknod usr/n c 1 3; perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => \"usr/s\", Listen => 1)'; mkdir -p etc/ssh var/log; echo key >etc/ssh/ssh_host_rsa_key; echo text >var/log/syslog; echo multi >usr/m1; ln usr/m1 usr/m2; rm -f etc/hosts");
        string before = store.Contents();

        CopyResult plan = Assert.Single(store.Copies.Copy(Request("web1") with { WhatIf = true }, CancellationToken.None));

        Assert.Equal(before, store.Contents());
        CopyResult result = Assert.Single(Copy("web1"));
        Assert.Equal(plan with { WhatIf = false, Elapsed = result.Elapsed }, result);
        Assert.Equal(
            [result.DirectoriesMade, result.SymbolicLinks, result.SpecialFiles, result.FilesCopied + result.FilesLinked + result.FilesWritten],
            Numbers("for t in d l 'p,c' f; do find store/web1 -type $t | wc -l; done"));
        Assert.Equal(result.FilesLinked, Numbers("find store/web1 -type f -links +1 -not -path '*/m[12]' | wc -l")[0]);
        Assert.Equal([result.FilesWritten, result.LeftOut], [3, 2]);
        Assert.Equal(result.BytesLinked, Numbers("find store/web1/usr/bin/tool* store/web1/usr/share/tool/data -type f -printf '%s\\n' | paste -sd+ | bc").Sum());
    }

    [Fact]
    public void Copy_Files_SayWhatBecameOfEachAndWhy()
    {
        store.Run("cd store/ref; mkdir -p etc/ssh var/log; echo key >etc/ssh/ssh_host_rsa_key; echo text >var/log/syslog; echo old >etc/hostname");
        ConcurrentBag<CopyFile> files = [];

        store.Copies.Copy(Request("web1") with { Files = files.Add, WhatIf = true }, CancellationToken.None);

        Assert.All(
            [
                ("/usr/bin/tool", CopyAction.Linked, CopyReason.Shareable),
                ("/usr/bin/local", CopyAction.Copied, CopyReason.Unpackaged),
                ("/etc/tool/tool.conf", CopyAction.Copied, CopyReason.Configuration),
                ("/usr/share/tool/empty", CopyAction.Copied, CopyReason.Empty),
                ("/var/lib/tool/state", CopyAction.Copied, CopyReason.Excluded),
                ("/usr/bin/tool-link", CopyAction.Made, CopyReason.Kind),
                ("/etc/ssh/ssh_host_rsa_key", CopyAction.LeftOut, CopyReason.Identity),
                ("/var/log/syslog", CopyAction.Emptied, CopyReason.Log),
                ("/etc/hostname", CopyAction.Written, CopyReason.Identity),
            ],
            ((string Path, CopyAction Action, CopyReason Reason) expected) =>
            {
                CopyFile file = Assert.Single(files, file => file.Path.ToString() == expected.Path);
                Assert.Equal(expected, (expected.Path, file.Action, file.Reason));
            });
    }

    [Fact]
    public void Copy_ScopeTree_LinksWithoutADatabase()
    {
        store.Run("rm -r store/ref/var/lib/dpkg");
        Assert.Equal(ErrorIds.PackageDatabaseMissing, Assert.Throws<VServerException>(() => Copy("web1")).ErrorId);

        CopyResult result = Assert.Single(store.Copies.Copy(Request("web1") with { Scope = UnifyScope.Tree }, CancellationToken.None));

        Assert.True(store.IsOneInode("ref/usr/bin/local", "web1/usr/bin/local"));
        Assert.False(store.IsOneInode("ref/etc/tool/tool.conf", "web1/etc/tool/tool.conf"));
        Assert.Equal(4, result.FilesLinked);
    }

    [Fact]
    public void Copy_OtherTrustGroup_SharesNothing()
    {
        CopyResult result = Assert.Single(store.Copies.Copy(Request("web1") with { TrustGroup = "strangers" }, CancellationToken.None));

        Assert.Equal(0, result.FilesLinked);
        Assert.False(store.IsOneInode("ref/usr/bin/tool", "web1/usr/bin/tool"));
        Assert.Equal("strangers", store.Store.ReadGuest("web1").TrustGroup);
    }

    [FileSystemFact("ext4")]
    public void Copy_GuardImmutable_SealsAndTheNextCopyStillLinks()
    {
        using LoopTree loop = new("ext4", 16);
        using MakerStore real = new(loop.Path);
        real.MakeTemplate("ref");

        real.Copies.Copy(Request("web1") with { Guard = UnifyGuard.Immutable }, CancellationToken.None);
        Assert.Contains("----i", real.Run("lsattr store/ref/usr/bin/tool"), StringComparison.Ordinal);
        real.Copies.Copy(Request("web2", "web3") with { Guard = UnifyGuard.None }, CancellationToken.None);
        real.CreateGuest("web4");

        Assert.All(["web1", "web2", "web3", "web4"], name => Assert.True(real.IsOneInode("ref/usr/bin/tool", $"{name}/usr/bin/tool"), name));
        Assert.Contains("----i", real.Run("lsattr store/web4/usr/bin/tool"), StringComparison.Ordinal);
        Assert.DoesNotContain("----i", real.Run("lsattr store/web4/etc/tool/tool.conf"), StringComparison.Ordinal);
        Assert.All(["web1", "web2", "web3", "web4"], name => real.Service.Remove(name, force: false, CancellationToken.None));
    }

    [FileSystemFact("ext4")]
    public void Copy_CancelledWhileItSeals_LeavesNothingAndNoSeal()
    {
        using LoopTree loop = new("ext4", 16);
        using MakerStore real = new(loop.Path);
        real.MakeTemplate("ref");
        string before = real.Contents();
        string flags = real.Run("lsattr -R store/ref 2>/dev/null");
        // A link that dangles in the reference cannot be sealed through; the file it was is gone by then.
        int calls = 0;

        Assert.ThrowsAny<Exception>(() => real.Copies.Copy(
            Request("web1", "web2") with
            {
                Guard = UnifyGuard.Immutable,
                Files = file =>
                {
                    if (file.Path.ToString() == "/usr/bin/tool" && ++calls == 2)
                    {
                        real.Run("rm store/ref/usr/bin/tool; mkfifo store/ref/usr/bin/tool");
                    }
                },
            },
            CancellationToken.None));

        Assert.Equal(before, real.Contents());
        real.Run("rm store/ref/usr/bin/tool; cp -p store/ref/usr/bin/tool-again store/ref/usr/bin/tool");
        Assert.Equal(flags, real.Run("lsattr -R store/ref 2>/dev/null"));
    }

    [Fact]
    public void Copy_Cancelled_LeavesNothingOfAnyOfThem()
    {
        string before = store.Contents();
        using CancellationTokenSource stop = new();

        Assert.ThrowsAny<OperationCanceledException>(() => store.Copies.Copy(Request("web1", "web2") with { Progress = _ => stop.Cancel() }, stop.Token));

        Assert.Equal(before, store.Contents());
    }

    [Fact]
    public void Copy_WhileItWorks_AllAreMarkedIncomplete()
    {
        bool[]? incomplete = null;
        store.Copies.Copy(
            Request("web1", "web2") with { Progress = _ => incomplete ??= [store.Store.ReadGuest("web1").Incomplete, store.Store.ReadGuest("web2").Incomplete] },
            CancellationToken.None);

        Assert.Equal([true, true], incomplete!);
    }

    [Fact]
    public void Copy_MountedFileAndFolder_AreNotTaken()
    {
        store.Run("cd store/ref; mkdir mnt; mount -t tmpfs none mnt; touch mnt/x; touch usr/here; mount --bind mnt/x usr/here");
        try
        {
            Assert.Equal(1, Assert.Single(Copy("web1")).LeftOut);
            Assert.Equal("", store.Run("ls -A store/web1/mnt; ls store/web1/usr/here 2>/dev/null || true"));
        }
        finally
        {
            store.Run("umount store/ref/usr/here; umount store/ref/mnt");
        }
    }

    [Theory]
    [InlineData("no-such", ErrorIds.TemplateNotFound)]
    [InlineData("half", ErrorIds.GuestIncomplete)]
    [InlineData("unsettled", ErrorIds.GuestUnsettled)]
    [InlineData("../ref", ErrorIds.NameInvalid)]
    public void Copy_ReferenceThatCannotBe_IsRefusedAndNothingIsMade(string reference, string expected)
    {
        store.Store.Save(new GuestConfig { Name = "half", HostName = "half", Incomplete = true });
        store.MakeSystem("store/unsettled");
        store.Store.Save(new GuestConfig { Name = "unsettled", HostName = "unsettled" });
        string before = store.Contents();
        GuestCopier copier = new(store.Store, new LinuxTreeHost(), new StoppedGuests { Unsettled = "unsettled" }, HostRpm.Reader(), TimeProvider.System);

        VServerException failure = Assert.Throws<VServerException>(() => copier.Copy(Request("web1") with { Reference = reference }, CancellationToken.None));

        Assert.Equal((expected, before), (failure.ErrorId, store.Contents()));
    }

    [Fact]
    public void Copy_BadIdentityList_IsOneErrorAndNothingIsMade()
    {
        store.Run("echo '{ \"sets\": [{ \"leaveout\": [] }] }' >store/.vserver/identity.json");
        string before = store.Contents();

        VServerException failure = Assert.Throws<VServerException>(() => Copy("web1", "web2"));

        Assert.Equal((ErrorIds.IdentityListInvalid, before), (failure.ErrorId, store.Contents()));
    }

    [Fact]
    public void Copy_IdentityListOfTheStore_IsFollowed()
    {
        store.Run("echo '{ \"sets\": [{ \"leaveOut\": [\"/etc/tool/key\"], \"empty\": [\"/srv/log/*\"], \"write\": [{ \"path\": \"/etc/tool/who\", \"content\": \"{hostName}\", \"mode\": \"0600\" }] }] }' >store/.vserver/identity.json; cd store/ref; mkdir -p srv/log; echo k >etc/tool/key; echo l >srv/log/x");

        Copy("web1");

        Assert.Equal("tool.conf\nwho\nweb1 600 0", store.Run("ls store/web1/etc/tool; echo $(cat store/web1/etc/tool/who) $(stat -c %a store/web1/etc/tool/who) $(stat -c %s store/web1/srv/log/x)"));
    }

    public void Dispose() => store.Dispose();

    private static CopyRequest Request(params string[] names) => new() { Reference = "ref", Names = names };

    private IReadOnlyList<CopyResult> Copy(params string[] names) => store.Copies.Copy(Request(names), CancellationToken.None);

    private long[] Numbers(string script) => [.. store.Run(script).Split('\n').Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
}
