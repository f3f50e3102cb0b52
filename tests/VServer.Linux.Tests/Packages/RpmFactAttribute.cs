using Xunit;

namespace VServer.Linux.Tests.Packages;

/// <summary>A test with real rpm packages; skipped with the reason where there is no rpm to make them, or no root to read them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RpmFactAttribute : FactAttribute
{
    public RpmFactAttribute()
    {
        if (!File.Exists("/usr/bin/rpmbuild"))
        {
            Skip = "there is no rpmbuild (Debian: rpm)";
        }
        else if (!string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
        {
            Skip = "only root can read a stranger's database safely";
        }
    }
}
