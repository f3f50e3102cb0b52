using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>fgetxattr(2).</summary>
internal static partial class FGetXattr
{
    /// <summary>Reads an attribute by its NUL-terminated name; an empty buffer asks for the length.</summary>
    public static NativeResult Get(FileDescriptor file, ReadOnlySpan<byte> name, Span<byte> value)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(file, name, value, value.Length));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "fgetxattr", SetLastError = true)]
    private static partial nint Call(FileDescriptor file, ReadOnlySpan<byte> name, Span<byte> value, nint length);
}
