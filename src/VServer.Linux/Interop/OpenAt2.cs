using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>openat2(2), which no C library wraps yet.</summary>
internal static partial class OpenAt2
{
    // The same number on every architecture, as for all calls added since Linux 5.0.
    public const nint Number = 437;

    /// <summary>Opens <paramref name="path"/>, a NUL-terminated path relative to the folder.</summary>
    public static NativeResult Open(FileDescriptor folder, ReadOnlySpan<byte> path, in OpenHow how)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(SystemCall(Number, folder, path, how, Unsafe.SizeOf<OpenHow>()));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, FileDescriptor folder, ReadOnlySpan<byte> path, in OpenHow how, nint size);
}
