using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>getxattr(2).</summary>
internal static partial class GetXattr
{
    /// <summary>Reads an attribute of what a NUL-terminated path leads to; an empty buffer asks for the length.</summary>
    public static NativeResult Get(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, Span<byte> value)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(path, name, value, value.Length));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "getxattr", SetLastError = true)]
    private static partial nint Call(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, Span<byte> value, nint length);
}
