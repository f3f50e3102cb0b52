using Xunit;

namespace VServer.Crash.Tests;

/// <summary>A test that mounts copies of a btrfs beside it, which Linux before 6.7 takes for the same.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BtrfsTheoryAttribute : TheoryAttribute
{
    public BtrfsTheoryAttribute()
    {
        Programs.Shell("modprobe btrfs 2>/dev/null || true");
        if (!File.Exists("/sys/fs/btrfs/features/temp_fsid"))
        {
            Skip = "two copies of one btrfs cannot be mounted on this host";
        }
    }
}
