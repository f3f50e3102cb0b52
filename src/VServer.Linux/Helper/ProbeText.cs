namespace VServer.Linux.Helper;

/// <summary>What was tried and what follows when a host lacks a feature.</summary>
internal static class ProbeText
{
    /// <summary>A sentence or two for one feature of the helper's probe.</summary>
    public static string Explain(string feature) => feature switch
    {
        "user-namespaces" => "A user namespace with ids of its own could not be made. Guests can only run -Privileged; check user.max_user_namespaces.",
        "idmapped-mounts" => "The file system's owners cannot be mapped (ext4, xfs, btrfs and tmpfs can, from Linux 5.12 to 6.3 on). Guests can only run -Privileged.",
        "overlay" => "An overlay with its upper layer on this file system could not be mounted. Guests cannot be started.",
        "overlay-idmapped" => "An overlay on id-mapped layers could not be mounted and written to (Linux 5.19 is needed). Guests can only run -Privileged.",
        "cgroup-v2" => "No version 2 control group hierarchy is mounted. Guests run, and end, without one.",
        "memory-max" => "The controller memory is neither in cgroup version 2 nor mounted at /sys/fs/cgroup/memory. Guests cannot be limited by -MemoryMax.",
        "pids-max" => "The controller pids is neither in cgroup version 2 nor mounted at /sys/fs/cgroup/pids. Guests cannot be limited by -PidsMax.",
        "cpu-max" => "The controller cpu is neither in cgroup version 2 nor mounted at /sys/fs/cgroup/cpu. Guests cannot be limited by -CpuMax.",
        "io-weight" => "No disk shares its time by weight: the controller is missing (io of cgroup version 2, or /sys/fs/cgroup/blkio), or no disk has the scheduler bfq nor is enabled in io.cost.qos. Guests cannot be given an -IOWeight.",
        "pidfd" => "Processes cannot be held by descriptor (Linux 5.3 is needed). Guests cannot be run.",
        "openat2" => "Paths cannot be kept inside a tree (Linux 5.6 is needed). Nothing can be done safely.",
        "hard-links" => "A file could not be given a second name. Guests cannot share inodes; unify with -Method Reflink where there is that.",
        "reflinks" => "Files cannot share bytes on disk (btrfs can, and xfs made with reflink=1). Unify with -Method HardLink; copies take their full size.",
        "immutable" => "The immutable flag cannot be set on this file system. Set-VServerImmutable and the Immutable guard cannot be used.",
        _ => "",
    };
}
