using VServer.Errors;
using VServer.Linux.Tests.Guests;
using VServer.Linux.Tests.Trees;
using VServer.Templates;
using Xunit;

namespace VServer.Linux.Tests.Templates;

public sealed class TemplateMakerTests : IDisposable
{
    private readonly MakerStore store = new();

    public TemplateMakerTests() => store.MakeSystem("src");

    [Fact]
    public void Create_Files_AreCopiedWithEverythingAndNothingIsShared()
    {
        store.Run("cd src; setcap cap_net_raw+ep usr/bin/tool; chown 12:34 usr/share/tool/data; setfattr -n user.x -v y usr/share/tool");

        Template template = Create();

        Assert.Equal(("ref", false, 0), (template.Name, template.Incomplete, template.MissingFiles));
        const string View = "find usr etc/tool bin \\( -path usr/bin/local -o -path usr/lib \\) -prune -o -printf '%p|%y|%m|%U|%G|%T@|%l\\n' | sort; getfattr -R -h -d -m - usr/bin/tool usr/share/tool; sha256sum usr/bin/tool etc/tool/tool.conf";
        Assert.Equal(store.Run($"cd src; {View}"), store.Run($"cd store/ref; {View}"));
        Assert.True(store.IsOneInode("ref/usr/bin/tool", "ref/usr/bin/tool-again"));
        Assert.False(store.IsOneInode("ref/usr/bin/tool", "../src/usr/bin/tool"));
    }

    [Fact]
    public void Create_UnlistedAndSystemFiles_AreNotTaken()
    {
        store.Run("cd src; mkdir -p etc/ssh home/me root tmp dev; echo key >etc/ssh/ssh_host_rsa_key; echo old >etc/hostname; echo me:x:1000:1000::/home/me: >etc/passwd; echo 'me:$6$hash:1::::::' >etc/shadow; echo secret >home/me/x; mknod dev/null c 1 3; echo log >var/log/tool.log; printf '%s\\n' /dev/null /etc/passwd /etc/shadow /home/me/x /var/log/tool.log /etc/resolv.conf >>var/lib/dpkg/info/tool.list; echo nameserver 192.0.2.1 >etc/resolv.conf");

        Create();

        Assert.Equal("", store.Run("cd store/ref; ls -A dev home root tmp mnt var/log | grep -v : || true; ls usr/bin | grep local || true; grep -r -e me: -e hash -e 192.0.2.1 etc || true; ls -d etc/ssh 2>/dev/null || true"));
        Assert.Equal("root:x:0:0:root:/root:/bin/sh", store.Run("cat store/ref/etc/passwd"));
        Assert.Equal("ref 0 555 1777 700", store.Run("cd store/ref; echo $(cat etc/hostname; stat -c %s etc/machine-id; stat -c %a proc tmp root)"));
    }

    [Fact]
    public void Create_GroupsThatOwnFiles_HaveTheirNames()
    {
        store.Run("cd src; printf 'root:x:0:\\ndaemon:x:1:me\\ntools:x:34:me\\n' >etc/group; chgrp 34 usr/bin/tool");

        Create();

        Assert.Equal("root:x:0: tools:x:34:", store.Run("xargs <store/ref/etc/group"));
        Assert.Equal("root:*:: tools:*::", store.Run("xargs <store/ref/etc/gshadow"));
    }

    [Fact]
    public void Create_FilesThatTheSourceLacks_AreCounted()
    {
        store.Run("printf '%s\\n' /usr/share/doc /usr/share/doc/tool /usr/share/doc/tool/copyright >>src/var/lib/dpkg/info/tool.list");
        Assert.Equal(3, Create().MissingFiles);
    }

    [Fact]
    public void Create_SourceOfSeveralFileSystems_IsTakenWhole()
    {
        store.Run("cd src; mv usr/share data; mkdir usr/share; mount -t tmpfs none usr/share; cp -a data/. usr/share/; mkdir v; mount --bind var v; umount v; mv var var2; mkdir var; mount --bind var2 var");
        try
        {
            Create();
            Assert.Equal("data", store.Run("cat store/ref/usr/share/tool/data"));
        }
        finally
        {
            store.Run("umount src/usr/share src/var");
        }
    }

    [Fact]
    public void Create_LyingList_TakesNothingFromOutside()
    {
        store.Run("echo secret >secret; cd src; ln -s ../.. usr/out; ln -s \"$PWD/../secret\" usr/abs; mkfifo usr/fifo; printf '%s\\n' /../secret /usr/out/secret /usr/../../secret /usr/abs /usr/fifo /usr/out >>var/lib/dpkg/info/tool.list");

        Create();

        Assert.Equal("", store.Run("grep -rs secret store/ref --exclude-dir=dpkg || true; find store/ref -type p"));
        Assert.Equal("../..", store.Run("readlink store/ref/usr/out"));
    }

    [Fact]
    public void Create_WhileItWorks_IsMarkedIncompleteAndThenNot()
    {
        bool? incomplete = null;
        store.Templates.Create(Request() with { Progress = _ => incomplete ??= store.Store.TryReadTemplate("ref")!.Incomplete }, CancellationToken.None);

        Assert.True(incomplete);
        Assert.False(store.Store.ReadTemplate("ref").Incomplete);
    }

    [Fact]
    public void Create_Cancelled_LeavesNothing()
    {
        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => store.Templates.Create(Request() with { Progress = _ => stop.Cancel() }, stop.Token));
        Assert.Equal("", store.Contents());
    }

    [Fact]
    public void Create_AfterAKilledRun_IsRefusedUntilTheRestIsRemoved()
    {
        store.Store.Save(new TemplateConfig { Name = "ref", Incomplete = true });
        store.Run("mkdir -p store/ref/usr");
        TemplateService service = new(store.Store, store.Host);

        Assert.Equal(ErrorIds.NameTaken, Assert.Throws<VServerException>(Create).ErrorId);
        Assert.True(service.Get("ref").Incomplete);
        service.Remove("ref", CancellationToken.None);
        Assert.Equal("", store.Contents());
        Assert.False(Create().Incomplete);
    }

    [Theory]
    [InlineData("no-such-package", ErrorIds.PackageNotFound)]
    [InlineData("needy", ErrorIds.PackageDependencyMissing)]
    public void Create_PackageThatCannotBe_IsRefusedAndNothingIsMade(string package, string expected)
    {
        store.Run("printf 'Package: needy\\nStatus: install ok installed\\nVersion: 1\\nArchitecture: amd64\\nDepends: more\\n\\n' >>src/var/lib/dpkg/status");

        VServerException failure = Assert.Throws<VServerException>(() => store.Templates.Create(Request() with { Packages = [package] }, CancellationToken.None));

        Assert.Equal((expected, package), (failure.ErrorId, failure.Target));
        Assert.Equal("", store.Contents());
    }

    [Theory]
    [InlineData("no-such", ErrorIds.TreeInvalid)]
    [InlineData("empty", ErrorIds.PackageDatabaseMissing)]
    public void Create_SourceThatCannotBe_IsRefused(string source, string expected)
    {
        store.Run("mkdir empty");
        Assert.Equal(expected, Assert.Throws<VServerException>(() => store.Templates.Create(Request() with { Source = $"{store.Path}/{source}" }, CancellationToken.None)).ErrorId);
    }

    [Fact]
    public void Create_StoreOfTwoFileSystems_NamesBoth()
    {
        store.Run("mount -t tmpfs none store/.vserver/delta");
        VServerException failure = Assert.Throws<VServerException>(Create);
        store.Run("umount store/.vserver/delta");

        Assert.Equal(ErrorIds.FileSystemsDiffer, failure.ErrorId);
        Assert.Contains($"'{store.Store.Path}' and '{store.Store.Path}/.vserver/delta'", failure.Message, StringComparison.Ordinal);
        Assert.Equal("", store.Contents());
    }

    [FileSystemFact("ext4")]
    public void Create_FullFileSystem_IsToldAndNothingIsMade()
    {
        using LoopTree loop = new("ext4", 8);
        using MakerStore small = new(loop.Path);
        store.Run("head -c 9000000 /dev/zero >src/usr/share/tool/data");

        VServerException failure = Assert.Throws<VServerException>(() => small.Templates.Create(Request(), CancellationToken.None));

        Assert.Equal((ErrorIds.StoreFull, "ref"), (failure.ErrorId, failure.Target));
        Assert.Equal("", small.Contents());
    }

    [Fact]
    public void Find_SeveralTemplates_AreInOrder()
    {
        store.Store.Save(new TemplateConfig { Name = "b" });
        store.Store.Save(new TemplateConfig { Name = "a", Incomplete = true });
        TemplateService service = new(store.Store, store.Host);

        Assert.Equal([("a", true), ("b", false)], service.Find(static _ => true).Select(template => (template.Name, template.Incomplete)));
        Assert.Equal(ErrorIds.TemplateNotFound, Assert.Throws<VServerException>(() => service.Get("c")).ErrorId);
    }

    public void Dispose() => store.Dispose();

    private Template Create() => store.Templates.Create(Request(), CancellationToken.None);

    private NewTemplate Request() => new() { Name = "ref", Packages = ["tool"], Source = $"{store.Path}/src" };
}
