using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>The machine; x86-64 and arm64 are known.</summary>
internal static class Architecture
{
    /// <summary>True on arm64, whose open flags differ from x86-64.</summary>
    public static readonly bool IsArm64 = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64;
}
