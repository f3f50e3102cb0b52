using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>listxattrat(2), of Linux 6.13 and later, which no C library wraps yet.</summary>
internal static partial class ListXattrAt
{
    // The same number on every architecture, as for all calls added since Linux 5.0.
    private const nint Number = 465;

    /// <summary>Asks whether a NUL-terminated name, be it a symlink's, has attributes: the length of the list of their names, or ENOSYS.</summary>
    public static NativeResult Ask(FileDescriptor folder, ReadOnlySpan<byte> name)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(SystemCall(Number, folder, name, (nint)AtFlags.NoFollow, 0, 0));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, FileDescriptor folder, ReadOnlySpan<byte> name, nint flags, nint list, nint size);
}
