using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>flistxattr(2).</summary>
internal static partial class FListXattr
{
    /// <summary>Lists the names of the file's attributes, each with a NUL; ERANGE when the buffer is too small.</summary>
    public static NativeResult List(FileDescriptor file, Span<byte> names)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(file, names, names.Length));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "flistxattr", SetLastError = true)]
    private static partial nint Call(FileDescriptor file, Span<byte> names, nint length);
}
