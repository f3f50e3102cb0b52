using VServer.Errors;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>Hosts that lack something: each is really made to, and the refusal says what is missing and what to do. More in tests/vm/walls.sh.</summary>
[Collection(GuestCollection.Name)]
public sealed class LackingTests(GuestImage image)
{
    [GuestFact]
    public void Start_NoUserNamespaces_NamesTheSetting()
    {
        // The limit counts in a user namespace and below it: the host keeps its own. All ids are mapped, from outside.
        string helper = $"{image.Root}/helper-no-users";
        Shell.WriteProgram(helper, $$"""
            #!/bin/bash
            go=$(mktemp -u) && mkfifo "$go"
            (
                until [ "$(readlink /proc/$$/ns/user)" != "$(readlink /proc/self/ns/user)" ]; do :; done
                for map in uid_map gid_map; do echo 0 0 4294967295 >/proc/$$/$map; done
                echo go >"$go"
                rm "$go"
            ) 3>&- 4>&- &
            exec unshare -U sh -c 'read word <"$0"; exec sh -c "echo 0 >/proc/sys/user/max_user_namespaces; exec {{image.Helper}} \"\$@\"" "$@"' "$go" helper "$@"
            """);
        using TestGuest guest = new(image, helper);

        VServerException refused = Assert.Throws<VServerException>(guest.Start);

        Assert.Equal(ErrorIds.HostUnsupported, refused.ErrorId);
        Assert.Contains("user.max_user_namespaces", refused.Message, StringComparison.Ordinal);
        Assert.Contains("-Privileged", refused.Message, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Start_FileSystemWithoutIdMaps_SaysWhichHaveThemAndPrivilegedRuns()
    {
        using TestGuest guest = new(image);
        using MountedFolder ram = new($"{guest.Folder}/ram", "-t ramfs none");
        StartOrder order = OrderOn(ram.Path, guest);

        VServerException refused = Assert.Throws<VServerException>(() => guest.Host.Start(order, CancellationToken.None));

        Assert.Equal(ErrorIds.HostUnsupported, refused.ErrorId);
        Assert.Contains("ext4, xfs, btrfs", refused.Message, StringComparison.Ordinal);
        Assert.Contains("-Privileged", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(order.Place.Upper));
        guest.Config = guest.Config with { Privileged = true };
        guest.Host.Start(order with { Config = guest.Config }, CancellationToken.None);
        try
        {
            Assert.Equal("0 0 4294967295", guest.Run("echo $(cat /proc/self/uid_map)"));
        }
        finally
        {
            guest.Host.Stop(order.Place, TimeSpan.Zero, discard: true, CancellationToken.None);
        }
    }

    [GuestFact]
    public void Start_FileSystemThatCannotBeAnUpperLayer_SaysSo()
    {
        using TestGuest guest = new(image);
        Shell.Run("mkdir lower upper work", guest.Folder);
        using MountedFolder overlay = new($"{guest.Folder}/overlay", $"-t overlay -o lowerdir={guest.Folder}/lower,upperdir={guest.Folder}/upper,workdir={guest.Folder}/work none");
        guest.Config = guest.Config with { Privileged = true };

        VServerException refused = Assert.Throws<VServerException>(() => guest.Host.Start(OrderOn(overlay.Path, guest), CancellationToken.None));

        Assert.Equal(ErrorIds.HostUnsupported, refused.ErrorId);
        Assert.Contains("modprobe overlay", refused.Message, StringComparison.Ordinal);
        Assert.Contains("ext4, xfs, btrfs", refused.Message, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Life_HostWithoutCgroups_StartsRunsAndEnds()
    {
        using TestGuest guest = new(image, image.HelperAfter("umount -l /sys/fs/cgroup"));
        GuestProcess process = guest.Start();

        guest.Run("sleep 1000 > /dev/null 2>&1 & echo $!");
        StopEnd end = guest.Stop();

        Assert.Equal(StopStep.Signal, end.Step);
        Assert.False(Directory.Exists($"/proc/{process.Init}"));
        guest.Start();
        Shell.Run($"kill -9 {guest.Host.Find(guest.Place)!.Monitor}");
        Assert.True(SpinWait.SpinUntil(() => guest.Host.Find(guest.Place) is null, TimeSpan.FromSeconds(60)));
    }

    // With the guest's tree on another file system.
    private static StartOrder OrderOn(string folder, TestGuest guest)
    {
        Shell.Run($"mkdir '{folder}/delta'; cp -a '{guest.Place.Tree}' '{folder}/tree'");
        GuestPlace place = guest.Place with { Tree = $"{folder}/tree", Upper = $"{folder}/delta/upper", Work = $"{folder}/delta/work" };
        return new StartOrder { Place = place, Config = guest.Config, Console = guest.Console };
    }
}
