using Xunit;

namespace VServer.Linux.Tests.Packages;

/// <summary>A test on the packages of this very host; skipped with the reason where dpkg has not installed it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DpkgFactAttribute : FactAttribute
{
    public DpkgFactAttribute()
    {
        if (!File.Exists("/var/lib/dpkg/status"))
        {
            Skip = "this host's packages are not dpkg's";
        }
    }
}
