using System.Diagnostics;
using VServer.Linux.Tests.Helper;
using Xunit;

namespace VServer.Linux.Tests.Vm;

/// <summary>A test in a virtual machine with Debian's own kernel; skipped with the reason where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VmFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Refusal = new(FindRefusal);

    public VmFactAttribute() => Skip = Refusal.Value;

    // The kernel is downloaded once, and kept below out/.
    private static string? FindRefusal()
    {
        ProcessStartInfo start = new($"{GuestImage.Repository}/tests/vm/kernel.sh", [$"{GuestImage.Repository}/out/vm"]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!; // Null is for shell execution only.
        string reason = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();

        // Anything but a named reason is a mistake that the test is to show.
        return process.ExitCode == 77 ? reason : null;
    }
}
