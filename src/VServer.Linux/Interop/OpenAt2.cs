using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>openat2(2), which no C library wraps yet.</summary>
internal static partial class OpenAt2
{
    // The same number on every architecture, as for all calls added since Linux 5.0.
    public const nint Number = 437;

    // Each try meets another moment, so that not even a storm of renames lasts through these. EAGAIN is also
    // what a leased file gives, which must not be waited for.
    private const int MostTries = 1000;

    /// <summary>
    /// Opens <paramref name="path"/>, a NUL-terminated path relative to the folder. Tried again after EAGAIN, which
    /// openat2(2) gives for ".." below a folder when a rename or mount anywhere in the system raced with the walk.
    /// </summary>
    public static NativeResult Open(FileDescriptor folder, ReadOnlySpan<byte> path, in OpenHow how)
    {
        NativeResult result;
        int tries = 0;
        do
        {
            result = NativeResult.From(SystemCall(Number, folder, path, how, Unsafe.SizeOf<OpenHow>()));
        }
        while (result.Interrupted || (result.Error == Errno.EAGAIN && ++tries < MostTries));

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, FileDescriptor folder, ReadOnlySpan<byte> path, in OpenHow how, nint size);
}
