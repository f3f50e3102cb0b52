using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>memfd_create(2).</summary>
internal static partial class MemfdCreate
{
    /// <summary>MFD_CLOEXEC.</summary>
    public const uint CloseOnExec = 1;

    /// <summary>Makes a file in memory; the name, NUL-terminated, is for those who look at /proc.</summary>
    public static NativeResult Create(ReadOnlySpan<byte> name) => NativeResult.From(Call(name, CloseOnExec));

    [LibraryImport(Library.C, EntryPoint = "memfd_create", SetLastError = true)]
    private static partial int Call(ReadOnlySpan<byte> name, uint flags);
}
