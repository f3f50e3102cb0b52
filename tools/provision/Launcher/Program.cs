using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.PowerShell;

[assembly: SupportedOSPlatform("linux")]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace VServer.Engine;

/// <summary>Starts the engine's own console host, after telling it what its Windows build gets wrong here.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        SetDefault("POWERSHELL_TELEMETRY_OPTOUT", "1");
        SetDefault("POWERSHELL_UPDATECHECK", "Off");
        return UnmanagedPSEntry.Start(arguments, arguments.Length);
    }

    private static void SetDefault(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is null)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
