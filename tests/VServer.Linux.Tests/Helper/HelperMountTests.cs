using VServer.Errors;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>What a guest's config has mounted in it, seen from inside.</summary>
[Collection(GuestCollection.Name)]
public sealed class HelperMountTests(GuestImage image)
{
    [GuestFact]
    public void Bind_OfAFolder_HasTheHostsOwnersBothWays()
    {
        using TestGuest guest = Started("echo hello > page; chown 1000:50 page; mkdir -m 777 drop", [Bind("/var/www")]);

        Assert.Equal("0:0 1000:50 hello", guest.Run("echo $(stat -c %u:%g /var/www /var/www/page) $(cat /var/www/page)"));
        guest.Run(guest.Order("sh", "-c", "echo mine > /var/www/drop/mine") with { User = "joe" }, out CommandEnd end);
        Assert.Equal(0, end.ExitCode);
        Assert.Equal("1000:1000 mine", Shell.Run("echo $(stat -c %u:%g drop/mine) $(cat drop/mine)", Source(guest)));
    }

    [GuestFact]
    public void Bind_OfAFile_IsThatFileAlone()
    {
        using TestGuest guest = Started("echo one > file; echo no > other", [Bind("/etc/deep/er/file", "file")]);

        Assert.Equal("one", guest.Run("cat /etc/deep/er/file"));
        Assert.Equal("file", guest.Run("ls /etc/deep/er"));
        guest.Run("echo two > /etc/deep/er/file");
        Assert.Equal("two", Shell.Run("cat file", Source(guest)));
    }

    [GuestFact]
    public void Bind_ReadOnly_RefusesEveryChange()
    {
        using TestGuest guest = Started("echo kept > page", [Bind("/var/www") with { ReadOnly = true }]);

        Assert.Equal("refused refused refused refused", guest.Run(
            "cd /var/www; for try in 'echo x > page' 'touch new' 'rm page' 'chmod 600 page'; do (eval \"$try\") 2>/dev/null && echo DONE || echo refused; done | (read a; read b; read c; read d; echo $a $b $c $d)"));
        Assert.Equal("page kept", Shell.Run("echo $(ls) $(cat page)", Source(guest)));
    }

    [GuestFact]
    public void Binds_BearNeitherDevicesNorSetuidPrograms()
    {
        using TestGuest guest = Started("mknod -m 666 null c 1 3; cp /bin/id .; chmod 4755 id", [Bind("/mnt/plain"), Bind("/mnt/still") with { NoExec = true }]);

        Assert.Equal("refused", guest.Run("(echo > /mnt/plain/null) 2>/dev/null || echo refused"));
        Assert.Equal("1000\n", guest.Run(guest.Order("/mnt/plain/id", "-u") with { User = "joe" }, out _));
        Assert.Equal("refused", guest.Run("/mnt/still/id 2>/dev/null || echo refused"));
        Assert.Equal("2", guest.Run("grep -c ' /mnt/[a-z]* [^ ]*nosuid,nodev' /proc/self/mountinfo"));
    }

    [GuestFact]
    public void Tmpfs_HasItsSizeAndMode_AndIsEmptyAtEveryStart()
    {
        using TestGuest guest = Started("true", [Memory("/scratch") with { Size = 1 << 20, Mode = "750" }, Memory("/mnt/free")]);

        Assert.Equal("750 0:0 1777", guest.Run("echo $(stat -c '%a %u:%g' /scratch) $(stat -c %a /mnt/free)"));
        Assert.Equal("full", guest.Run("head -c 2000000 /dev/zero > /scratch/big 2>/dev/null || echo full"));
        Assert.Equal("full", guest.Run("i=0; while [ $i -lt 1000 ] && mkdir /scratch/$i 2>/dev/null; do i=$((i+1)); done; [ $i -lt 1000 ] && echo full"));
        guest.Stop();
        guest.Start();
        Assert.Equal("", guest.Run("ls -A /scratch"));
    }

    [GuestFact]
    public void Nested_ChildLiesOnItsParent()
    {
        using TestGuest guest = Started("mkdir cache; echo page > page", [Bind("/srv"), Memory("/srv/cache"), Bind("/srv/cache/deep/page", "page") with { ReadOnly = true }]);

        Assert.Equal("cache page page", guest.Run("echo $(ls /srv) $(cat /srv/cache/deep/page)"));
        guest.Run("echo gone > /srv/cache/gone");
        Assert.Equal("", Shell.Run("ls -A cache", Source(guest)));
    }

    [GuestFact]
    public void Target_MissingInTheHostsFolder_IsNotMadeThere()
    {
        using TestGuest guest = Prepared("true", [Bind("/srv"), Memory("/srv/cache")]);

        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Equal(ErrorIds.MountFailed, refused.ErrorId);
        Assert.Contains("/srv/cache", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Source(guest)));
    }

    [GuestFact]
    public void Settling_TakesNothingOfAMountForTheGuests()
    {
        using TestGuest guest = Started("echo host > page", [Bind("/var/www"), Bind("/etc/motd", "page"), Memory("/scratch")]);
        guest.Run("echo new > /var/www/new; rm /var/www/page; echo x > /scratch/x; echo own > /root/own");
        guest.Stop();

        Assert.Equal("", MountsOnTheHost(guest));
        Assert.Equal("own", Shell.Run("cat root/own", guest.Place.Tree));
        Assert.Equal("0", Shell.Run("echo $(ls -A var/www scratch | grep -c new) | grep 0; [ ! -s etc/motd ]", guest.Place.Tree));
        Assert.Equal("new", Shell.Run("ls", Source(guest)));
        Assert.False(guest.Host.HasDelta(guest.Place));
    }

    [GuestTheory]
    [InlineData("ln -s OUTSIDE data")]
    [InlineData("ln -s ../../../../../../../../../../../OUTSIDE data")]
    [InlineData("ln -s /proc/1/root/OUTSIDE data")]
    [InlineData("ln -s /proc/self/cwd data")]
    [InlineData("ln -s /proc/self/fd/0 data")]
    [InlineData("ln -s /dev data")]
    [InlineData("ln -s /sys/fs data")]
    [InlineData("ln -s data data")]
    [InlineData("touch data")]
    [InlineData("mkfifo data")]
    public void Target_HostilePathInTheTree_LeadsNowhere(string make)
    {
        using TestGuest guest = Prepared("true", [Bind("/data/in/it")]);
        string outside = $"{guest.Folder}/outside";
        Directory.CreateDirectory(outside);
        Shell.Run(make.Replace("OUTSIDE", outside, StringComparison.Ordinal), guest.Place.Tree);
        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Equal(ErrorIds.MountFailed, refused.ErrorId);
        Assert.Contains("/data", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
        Assert.Equal("", MountsOnTheHost(guest));
        Assert.False(guest.Host.HasDelta(guest.Place));
        Assert.Equal("lock", Shell.Run("ls", guest.Place.Run));
    }

    [GuestFact]
    public void Target_LinkToTheRoot_IsRefused()
    {
        using TestGuest guest = Prepared("true", [Bind("/data")]);
        Shell.Run("ln -s ../.. data", guest.Place.Tree);

        Assert.Equal(ErrorIds.MountFailed, Assert.Throws<VServerException>(guest.Start).ErrorId);
    }

    [GuestFact]
    public void Target_LinkWithinTheGuest_IsFollowedThere()
    {
        using TestGuest guest = Prepared("echo page > page", [Bind("/data/www")]);
        Shell.Run("mkdir -p srv/www; ln -s ../../../../srv data", guest.Place.Tree);

        guest.Start();

        Assert.Equal("page", guest.Run("cat /srv/www/page"));
    }

    [GuestTheory]
    [InlineData("SOURCE/missing", "")]
    [InlineData("SOURCE/link", "ln -s /etc link")]
    [InlineData("SOURCE/link/passwd", "ln -s /etc link")]
    [InlineData("SOURCE/disk", "mknod disk b 7 255")]
    public void Source_ThatIsMissingOrLeadsElsewhere_IsRefused(string source, string make)
    {
        using TestGuest guest = Prepared(make + "\ntrue", []);
        source = source.Replace("SOURCE", Source(guest), StringComparison.Ordinal);
        guest.Config = guest.Config with { Mounts = [new GuestMount { Source = source, Target = "/mnt" }] };

        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Equal(ErrorIds.MountFailed, refused.ErrorId);
        Assert.Contains(source, refused.Message, StringComparison.Ordinal);
        Assert.False(guest.Host.HasDelta(guest.Place));
    }

    [GuestTheory]
    [InlineData("mount -t ramfs none ram")]
    [InlineData("mkdir lower upper work && mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work none ram")]
    public void Source_WhoseFileSystemMapsNoOwners_IsRefusedUnlessAskedFor(string make)
    {
        using TestGuest guest = Prepared("mkdir ram", [Bind("/mnt", "ram")]);
        string mount = $"{Source(guest)}/ram";
        Shell.Run($"{make} && echo plain > ram/file && chown {guest.Config.IdBase} ram/file", Source(guest));
        try
        {
            VServerException refused = Assert.Throws<VServerException>(guest.Start);

            Assert.Equal(ErrorIds.HostUnsupported, refused.ErrorId);
            Assert.Contains(mount, refused.Message, StringComparison.Ordinal);
            Assert.Contains("NoIdMap", refused.Message, StringComparison.Ordinal);
            guest.Config = guest.Config with { Mounts = [Bind("/mnt", "ram", guest) with { NoIdMap = true }] };
            guest.Start();
            Assert.Equal("65534 0", guest.Run("echo $(stat -c %u /mnt /mnt/file)"));
            guest.Stop();
        }
        finally
        {
            Shell.Run($"umount '{mount}'");
        }
    }

    [GuestFact]
    public void Host_MountsBelowTheSourceLater_UnseenInside()
    {
        using TestGuest guest = Prepared("mkdir -m 755 later", [Bind("/srv")]);
        string source = Source(guest);
        Shell.Run($"mount --bind '{source}' '{source}' && mount --make-shared '{source}'");
        try
        {
            guest.Start();
            Shell.Run($"mount -t tmpfs none '{source}/later' && touch '{source}/later/secret'");
            Assert.Equal("", guest.Run("ls /srv/later"));
            guest.Stop();
        }
        finally
        {
            Shell.Run($"umount -R '{source}'");
        }
    }

    [GuestFact]
    public void Restart_MakesThemAnew()
    {
        using TestGuest guest = Prepared("echo page > page", [Bind("/var/www"), Memory("/scratch")]);
        guest.Config = guest.Config with
        {
            Init = InitStyle.Plain,
            Restart = RestartPolicy.OnFailure,
            Command = ["sh", "-c", "cat /var/www/page; ls /scratch; touch /scratch/left; [ ! -e /root/again ] || exec sleep 1000; touch /root/again; exit 1"],
        };
        guest.Start();

        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText(guest.Console) == "page\npage\n", TimeSpan.FromMinutes(1)));
        Assert.Equal(1, guest.Host.Find(guest.Place)!.Restarts);
    }

    [GuestFact(Needs = "/sys/fs/cgroup/unified")]
    public void Systemd_MayHaveThemInTheRunItFindsMounted()
    {
        using TestGuest guest = Prepared("echo page > page", [Bind("/run/host/web"), Bind("/run/page", "page")]);
        guest.Config = guest.Config with { Init = InitStyle.Systemd, Command = ["sh", "-c", "trap 'exit 0' 37; while :; do sleep 0.1; done"] };
        guest.Start();

        Assert.Equal("page page tmpfs", guest.Run("echo $(cat /run/host/web/page /run/page) $(grep -o ' /run .* - tmpfs' /proc/self/mountinfo | grep -o tmpfs)"));
        guest.Stop();
        Assert.False(Directory.Exists($"{guest.Place.Tree}/run/host"));
    }

    [GuestFact]
    public void Ephemeral_HasThemToo()
    {
        using TestGuest guest = Prepared("echo page > page", [Bind("/var/www"), Memory("/scratch")]);

        string output = guest.Run(guest.Order("sh", "-c", "cat /var/www/page; echo > /scratch/x && ls /scratch") with { Ephemeral = true, Discard = true }, out CommandEnd end);

        Assert.Equal(("page\nx\n", 0), (output, end.ExitCode));
        Assert.False(Directory.Exists($"{guest.Place.Tree}/scratch"));
    }

    [GuestFact]
    public void Privileged_HasThemWithoutAMap()
    {
        using TestGuest guest = Prepared("echo page > page; chown 1000 page", [Bind("/var/www")]);
        guest.Config = guest.Config with { Privileged = true };
        guest.Start();

        Assert.Equal("1000 page", guest.Run("echo $(stat -c %u /var/www/page) $(cat /var/www/page)"));
    }

    // By what is mounted as well as by where.
    private static string MountsOnTheHost(TestGuest guest) => Shell.Run($"grep -F '{guest.Folder}' /proc/self/mountinfo || true");

    private static string Source(TestGuest guest) => $"{guest.Folder}/source";

    private static GuestMount Bind(string target, string name = ".", TestGuest? guest = null) =>
        new() { Source = guest is null ? name : $"{Source(guest)}/{name}", Target = target };

    private static GuestMount Memory(string target) => new() { Type = MountType.Tmpfs, Target = target };

    // Sources are names in a folder of the host's that the script fills.
    private TestGuest Prepared(string script, GuestMount[] mounts)
    {
        TestGuest guest = new(image);
        Directory.CreateDirectory(Source(guest));
        Shell.Run(script, Source(guest));
        guest.Config = guest.Config with
        {
            Mounts = [.. mounts.Select(mount => mount.Source is null ? mount : mount with { Source = Path.GetFullPath(mount.Source, Source(guest)) })],
        };
        return guest;
    }

    private TestGuest Started(string script, GuestMount[] mounts)
    {
        TestGuest guest = Prepared(script, mounts);
        guest.Start();
        return guest;
    }
}
