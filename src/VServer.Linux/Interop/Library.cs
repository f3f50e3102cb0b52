using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Only blittable signatures: nothing is marshalled behind our back.
[assembly: DisableRuntimeMarshalling]

// Never look for a libc beside our own assembly, where anybody who may write there could plant one.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]

namespace VServer.Linux.Interop;

/// <summary>Names of native libraries.</summary>
internal static class Library
{
    /// <summary>The C library.</summary>
    public const string C = "libc";
}
