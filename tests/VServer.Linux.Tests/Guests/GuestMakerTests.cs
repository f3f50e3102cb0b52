using System.Globalization;
using VServer.Errors;
using VServer.Guests;
using VServer.Linux.Tests.Trees;
using VServer.Linux.Trees;
using VServer.Linux.Tests.Packages;
using VServer.Networks;
using VServer.Packages;
using VServer.Ports;
using VServer.Templates;
using Xunit;

namespace VServer.Linux.Tests.Guests;

public sealed class GuestMakerTests : IDisposable
{
    private readonly MakerStore store = new();

    public GuestMakerTests() => store.MakeTemplate("ref");

    [Fact]
    public void Create_PackageFiles_AreLinkedAndAllElseIsItsOwn()
    {
        store.CreateGuest("web1");

        Assert.All(["usr/bin/tool", "usr/bin/tool-again", "usr/share/tool/data"], path => Assert.True(store.IsOneInode($"ref/{path}", $"web1/{path}"), path));
        Assert.All(
            ["etc/tool/tool.conf", "var/lib/tool/state", "usr/bin/local", "usr/share/tool/empty", "var/lib/dpkg/status"],
            path => Assert.False(store.IsOneInode($"ref/{path}", $"web1/{path}"), path));
    }

    [Fact]
    public void Create_AnyTemplate_LooksLikeItButForTheIdentity()
    {
        store.Run("cd store/ref/usr; mkdir -p $'\\xff/new\\nline'; touch $'\\xff/new\\nline/\\xfe' 'a b'; mkfifo -m 600 f; mknod n c 1 3; chown 12:34 f n; ln -s /etc l; chown -h 5:6 l; echo multi >m1; ln m1 m2; setfattr -n user.x -v y m1; setcap cap_net_raw+ep m2; chmod 2755 'a b'; chmod 700 $'\\xff'; touch -h -d @5.000000006 * .");

        store.CreateGuest("web1");

        const string View = "find . -path ./etc/hosts -o -path ./etc/hostname -o -path ./etc/machine-id -o -path ./etc -o -printf '%p|%y|%m|%U|%G|%T@|%l\\0' | sort -z | tr '\\0' '\\n'; getfattr -R -h -d -m - . ; find . -type f -not -path './etc/[hm]*' -print0 | sort -z | xargs -0 sha256sum";
        Assert.Equal(store.Run($"cd store/ref; {View}"), store.Run($"cd store/web1; {View}"));
        Assert.True(store.IsOneInode("web1/usr/m1", "web1/usr/m2"));
        Assert.False(store.IsOneInode("ref/usr/m1", "web1/usr/m2"));
    }

    [Fact]
    public void Create_Identity_IsItsOwn()
    {
        store.Run("cd store/ref; mkdir -p etc/ssh var/lib/systemd var/lib/dbus var/log/journal/x; echo old >etc/hostname; echo key >etc/ssh/ssh_host_rsa_key; echo seed >var/lib/systemd/random-seed; echo old >var/lib/dbus/machine-id; echo text >var/log/syslog; chown 7:8 var/log/syslog; echo text >var/log/apt/history.log; echo j >var/log/journal/x/system.journal; echo z >var/log/syslog.1");

        store.CreateGuest("web1");
        store.CreateGuest("web2", request => request with { HostName = "Two.example.com" });

        Assert.Equal("web1\nTwo.example.com", store.Run("cat store/web[12]/etc/hostname"));
        Assert.Contains("127.0.1.1\tTwo.example.com", store.Run("cat store/web2/etc/hosts"), StringComparison.Ordinal);
        Assert.Equal("2", store.Run("sort -u store/web[12]/etc/machine-id | grep -cE '^[0-9a-f]{32}$'"));
        Assert.Equal("", store.Run("cmp store/web1/etc/machine-id store/web1/var/lib/dbus/machine-id"));
        Assert.Equal("", store.Run("cd store/web1; ls etc/ssh var/lib/systemd | grep -v : || true; find var/log -type f -size +0; find var/log/journal -mindepth 1; ls var/log | grep syslog.1 || true"));
        Assert.Equal("7:8 0", store.Run("stat -c '%u:%g %s' store/web1/var/log/syslog"));
    }

    [Fact]
    public void Create_Configuration_SaysWhatWasAskedFor()
    {
        store.CreateGuest("web1", request => request with { Settings = new() { Privileged = true, Init = InitStyle.Plain, Command = ["/bin/tool", "-x"], Network = NetworkName.Host, Delta = DeltaPolicy.Keep } });

        GuestConfig config = store.Store.ReadGuest("web1");
        Assert.False(config.Incomplete);
        Assert.Equal(("ref", "friends", "web1", true), (config.Reference, config.TrustGroup, config.HostName, config.Privileged));
        Assert.Equal((InitStyle.Plain, NetworkName.Host, DeltaPolicy.Keep), (config.Init, config.Network, config.Delta));
        Assert.Equal(["/bin/tool", "-x"], config.Command);
    }

    [Fact]
    public void Create_ManyByOneMaker_ReadsThePackagesOnceAndGivesEachItsIds()
    {
        CountingReader reader = new();
        using MakerStore counted = new() { Packages = reader };
        counted.MakeTemplate("ref");
        GuestMaker maker = counted.Guests;

        string[] names = [.. Enumerable.Range(1, 5).Select(number => string.Create(CultureInfo.InvariantCulture, $"web{number}"))];
        Assert.All(names, name => maker.Create(new NewGuest { Name = name, Template = "ref" }, CancellationToken.None));

        Assert.Equal(1, reader.Count);
        Assert.Equal(5, names.Select(name => counted.Store.ReadGuest(name).IdBase).Distinct().Count());
    }

    [Theory]
    [InlineData("ln -s /etc/hostname etc/hostname")]
    [InlineData("mkfifo etc/hostname")]
    [InlineData("mknod etc/hostname c 1 3")]
    [InlineData("mkdir -p etc/hostname/x")]
    public void Create_SomethingElseInTheHostnamesPlace_IsReplacedInTheGuestAlone(string script)
    {
        string before = Shell.Run("cat /etc/hostname; stat -c %Y /etc/hostname");
        store.Run($"cd store/ref; {script}");

        store.CreateGuest("web1");

        Assert.Equal("regular file web1", store.Run("stat -c %F store/web1/etc/hostname; cat store/web1/etc/hostname").Replace('\n', ' '));
        Assert.Equal(before, Shell.Run("cat /etc/hostname; stat -c %Y /etc/hostname"));
    }

    [Fact]
    public void Create_EtcIsASymlink_IsRefusedAndNothingIsMade()
    {
        store.Run("cd store/ref; rm -r etc; ln -s /etc etc");
        string before = store.Contents();

        VServerException failure = Assert.Throws<VServerException>(() => store.CreateGuest("web1"));

        Assert.Equal((ErrorIds.TreeInvalid, "ref"), (failure.ErrorId, failure.Target));
        Assert.Equal(before, store.Contents());
    }

    [Fact]
    public void Create_LyingDatabase_LinksNothingOutsideTheTemplate()
    {
        store.Run("echo secret >secret; cd store/ref; ln -s ../.. usr/out; echo shadow >etc/shadow; printf '%s\\n' /etc/shadow /../../secret /usr/out/secret /usr/../../../secret >>var/lib/dpkg/info/tool.list");

        store.CreateGuest("web1");

        Assert.Equal("1 1", store.Run("stat -c %h secret store/web1/etc/shadow | xargs"));
    }

    [Fact]
    public void Create_FifoWhereAPackageHasAFile_IsMadeAnew()
    {
        store.Run("cd store/ref/usr/share/tool; rm data; mkfifo data");
        store.CreateGuest("web1");
        Assert.Equal("fifo 1", store.Run("stat -c '%F %h' store/web1/usr/share/tool/data"));
    }

    [Fact]
    public void Create_ImmutableFile_IsLinkedAndStaysImmutable()
    {
        store.Run("chattr +i store/ref/usr/share/tool/data");
        store.CreateGuest("web1");
        Assert.True(store.IsOneInode("ref/usr/share/tool/data", "web1/usr/share/tool/data"));
        Assert.Contains("----i", store.Run("lsattr store/web1/usr/share/tool/data; chattr -i store/ref/usr/share/tool/data"), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OtherTrustGroup_SharesNothing()
    {
        store.CreateGuest("web1", request => request with { TrustGroup = "strangers" });
        Assert.False(store.IsOneInode("ref/usr/bin/tool", "web1/usr/bin/tool"));
    }

    [Fact]
    public void Create_FileWithAllTheNamesItCanHave_IsCopied()
    {
        using (IFolder folder = new LinuxTreeHost().OpenRoot(store.Run("mkdir links; echo $PWD/links")))
        using (IFolder source = new LinuxTreeHost().OpenRoot($"{store.Path}/store/ref/usr/share/tool"))
        {
            FillLinks(source, folder);
        }

        store.CreateGuest("web1");

        Assert.False(store.IsOneInode("ref/usr/share/tool/data", "web1/usr/share/tool/data"));
        Assert.Equal("data", store.Run("cat store/web1/usr/share/tool/data"));
    }

    [Fact]
    public void Create_MountInTheTemplate_IsAnEmptyFolderInTheGuest()
    {
        store.Run("mkdir store/ref/mnt; mount -t tmpfs none store/ref/mnt; touch store/ref/mnt/x");
        store.CreateGuest("web1");
        Assert.Equal("", store.Run("ls -A store/web1/mnt; umount store/ref/mnt"));
    }

    [Theory]
    [InlineData("no-such", ErrorIds.TemplateNotFound)]
    [InlineData("half", ErrorIds.TemplateIncomplete)]
    [InlineData("bare", ErrorIds.PackageDatabaseMissing)]
    [InlineData("broken", ErrorIds.PackageDatabaseInvalid)]
    [InlineData("gone", ErrorIds.TreeInvalid)]
    public void Create_TemplateThatCannotBeUsed_IsRefusedAndNothingIsMade(string template, string expected)
    {
        store.Store.Save(new TemplateConfig { Name = "half", Incomplete = true });
        store.Store.Save(new TemplateConfig { Name = "gone" });
        store.Run("mkdir store/bare");
        store.Store.Save(new TemplateConfig { Name = "bare" });
        store.MakeTemplate("broken");
        store.Run("echo nonsense >store/broken/var/lib/dpkg/status");
        string before = store.Contents();

        VServerException failure = Assert.Throws<VServerException>(() => store.CreateGuest("web1", request => request with { Template = template }));

        Assert.Equal(expected, failure.ErrorId);
        Assert.Equal(before, store.Contents());
    }

    [Theory]
    [InlineData("ref")]
    [InlineData("taken")]
    [InlineData("folder")]
    public void Create_NameInUse_IsRefused(string name)
    {
        store.CreateGuest("taken");
        store.Run("mkdir store/folder");
        Assert.Equal(ErrorIds.NameTaken, Assert.Throws<VServerException>(() => store.CreateGuest(name)).ErrorId);
    }

    [Fact]
    public void Create_Cancelled_LeavesNothing()
    {
        string before = store.Contents();
        using CancellationTokenSource stop = new();

        Assert.ThrowsAny<OperationCanceledException>(() => store.Guests.Create(
            new NewGuest { Name = "web1", Template = "ref", Progress = _ => stop.Cancel() }, stop.Token));

        Assert.Equal(before, store.Contents());
    }

    [Fact]
    public void Create_WhileItWorks_IsMarkedIncompleteAndThenNot()
    {
        bool? incomplete = null;
        store.CreateGuest("web1", request => request with { Progress = _ => incomplete ??= store.Store.ReadGuest("web1").Incomplete });

        Assert.True(incomplete);
        Assert.False(store.Store.ReadGuest("web1").Incomplete);
    }

    [Fact]
    public void Create_AfterAKilledRun_IsRefusedUntilTheRestIsRemoved()
    {
        string before = store.Contents();
        store.Store.Save(new GuestConfig { Name = "web1", HostName = "web1", Incomplete = true });
        store.Run("mkdir -p store/web1/usr; ln store/ref/usr/bin/tool store/web1/usr/tool");

        Assert.Equal(ErrorIds.NameTaken, Assert.Throws<VServerException>(() => store.CreateGuest("web1")).ErrorId);
        Assert.Equal(GuestState.Incomplete, store.Service.Get("web1").State);
        store.Service.Remove("web1", force: false, CancellationToken.None);
        Assert.Equal(before, store.Contents());
        store.CreateGuest("web1");
    }

    [FileSystemFact("ext4")]
    public void Create_FullFileSystem_IsToldAndNothingIsMade()
    {
        using LoopTree loop = new("ext4", 16);
        using MakerStore small = new(loop.Path);
        small.MakeTemplate("ref");
        small.Run("head -c 3000000 /dev/zero >store/ref/usr/unpackaged; cat /dev/zero >fill 2>/dev/null || true; truncate -s -1M fill");
        string before = small.Contents();

        VServerException failure = Assert.Throws<VServerException>(() => small.CreateGuest("web1"));

        Assert.Equal((ErrorIds.StoreFull, "web1"), (failure.ErrorId, failure.Target));
        Assert.Equal(before, small.Contents());
    }

    [FileSystemFact("ext4")]
    public void Create_ReadOnlyFileSystem_IsTold()
    {
        using LoopTree loop = new("ext4", 16);
        using MakerStore small = new(loop.Path);
        small.MakeTemplate("ref");
        small.Run("mount -o remount,ro .");

        Assert.Equal(ErrorIds.StoreReadOnly, Assert.Throws<VServerException>(() => small.CreateGuest("web1")).ErrorId);
    }

    public void Dispose() => store.Dispose();

    private static void FillLinks(IFolder source, IFolder folder)
    {
        for (int number = 0; number < 200_000; number++)
        {
            try
            {
                folder.Link(source, UnixPath.Parse("data"), UnixPath.Parse(number.ToString(CultureInfo.InvariantCulture)));
            }
            catch (TreeException failure) when (failure.Kind == ErrorKind.TooManyLinks)
            {
                return;
            }
        }
    }

    private sealed class CountingReader : IPackageDatabaseReader
    {
        private readonly PackageDatabaseReader reader = HostRpm.Reader();

        public int Count { get; private set; }

        public IPackageDatabase? TryRead(IFolder root, string owner)
        {
            Count++;
            return reader.TryRead(root, owner);
        }
    }
}
