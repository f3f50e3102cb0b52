using Xunit;

namespace VServer.Linux.Tests.Trees;

/// <summary>A test that takes minutes; skipped unless all such are asked for.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HeavyFactAttribute : FactAttribute
{
    public HeavyFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("VSERVER_TEST_HEAVY") != "1")
        {
            Skip = "takes minutes; set VSERVER_TEST_HEAVY=1";
        }
    }
}
