using Xunit;

namespace VServer.Linux.Tests.Trees;

/// <summary>A test that takes minutes; skipped unless all such are asked for.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HeavyFactAttribute : FactAttribute
{
    public HeavyFactAttribute()
    {
        if (!IsWanted)
        {
            Skip = "takes minutes; set VSERVER_TEST_HEAVY=1";
        }
    }

    /// <summary>True when they are asked for.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable("VSERVER_TEST_HEAVY") == "1";
}
