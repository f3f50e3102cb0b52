using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>setxattr(2).</summary>
internal static partial class SetXattr
{
    /// <summary>Sets an attribute of what a NUL-terminated path leads to.</summary>
    public static NativeResult Set(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(path, name, value, value.Length, 0));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "setxattr", SetLastError = true)]
    private static partial int Call(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, nint length, int flags);
}
