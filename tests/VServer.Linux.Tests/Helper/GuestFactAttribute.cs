using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>A test that runs real guests; skipped with the reason where that cannot be.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GuestFactAttribute : FactAttribute
{
    public GuestFactAttribute()
    {
        if (!string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
        {
            Skip = "guests can only be run by root";
        }
        else if (!File.ReadAllText("/proc/filesystems").Contains("overlay", StringComparison.Ordinal) && !Directory.Exists("/sys/module/overlay"))
        {
            Skip = "the kernel has no overlay file system";
        }
    }

    /// <summary>A path that must be there.</summary>
    public string Needs
    {
        get;
        set
        {
            field = value;
            Skip ??= Path.Exists(value) ? null : $"this host has no {value}";
        }
    } = "";
}
