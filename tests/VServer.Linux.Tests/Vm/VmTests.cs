using VServer.Linux.Tests.Helper;
using VServer.Linux.Tests.Trees;
using Xunit;

namespace VServer.Linux.Tests.Vm;

[Collection(GuestCollection.Name)]
public sealed class VmTests(GuestImage image)
{
    // A disk so slow that it is what everybody waits for, however slow the machine is.
    [VmFact]
    public void Limits_OnCgroupVersionTwoAlone_HoldFromInside() => Run("limits.sh", "-o throttling.iops-read=25");

    [VmFact]
    public void Limits_OnCgroupVersionOneAlone_HoldFromInside() => Run("version1.sh", "-o throttling.iops-read=25");

    [VmFact]
    public void Limits_OfControllersThatTheKernelLacks_AreRefusedByName() => Run("lacking.sh", "-k cgroup_disable=memory,pids");

    [VmFact]
    public void Mounts_OnAnOlderKernel_AreMadeOrRefusedAsOnANewOne() => Run("mounts.sh", "");

    [VmFact]
    public void Walls_WhereTheHostIsSetOtherwise_Hold() => Run("walls.sh", "");

    [VmFact]
    public void Life_OnDebiansKernel_IsAsOnThisOne() => Run("life.sh", "");

    private void Run(string script, string options)
    {
        string folder = Shell.Run("mktemp -d /var/tmp/vserver-vm-XXXXXX");
        try
        {
            string programs = $"{Path.GetDirectoryName(image.Helper)}/check";
            Shell.Run($"""
                cp '{image.Helper}' .
                mkdir -p tree/bin
                cp "$(command -v busybox)" '{programs}/hog' '{programs}/attempts' '{programs}/watch_joining' tree/bin/
                for name in sh cat chmod chown echo hostname id mkdir mv rm sleep true; do ln -s busybox tree/bin/$name; done
                head -c 8M /dev/urandom >tree/blob
                """, folder);
            string output = Shell.Run($"'{GuestImage.Repository}/tests/vm/run.sh' {options} '{folder}' '{GuestImage.Repository}/tests/vm/{script}' 2>&1 || echo \"FAILED: exit code $?\"");
            Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
            Assert.Contains("ok: ", output, StringComparison.Ordinal);
        }
        finally
        {
            Shell.Run($"rm -rf '{folder}'");
        }
    }
}
