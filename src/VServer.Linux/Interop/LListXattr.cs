using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>llistxattr(2).</summary>
internal static partial class LListXattr
{
    /// <summary>Lists the names of the attributes of what a NUL-terminated path names, be it a symlink; the length alone for an empty buffer.</summary>
    public static NativeResult List(ReadOnlySpan<byte> path, Span<byte> names)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(path, names, names.Length));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "llistxattr", SetLastError = true)]
    private static partial nint Call(ReadOnlySpan<byte> path, Span<byte> names, nint length);
}
