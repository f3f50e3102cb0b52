using System.Diagnostics;

namespace VServer.Engine;

/// <summary>What the engine asks about processes and users.</summary>
public static class ProcessCalls
{
    /// <summary>True for root.</summary>
    public static bool IsAdministrator() => Environment.IsPrivilegedProcess;

    /// <summary>Takes what would be refused here.</summary>
    public static void IgnoreUserProfile(ProcessStartInfo start, bool load)
    {
        // A profile of the registry is loaded on Windows only; asking for it elsewhere throws.
    }
}
