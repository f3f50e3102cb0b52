using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>getdents64(2).</summary>
internal static partial class GetDents64
{
    /// <summary>Fills the buffer with the folder's next entries; 0 at the end.</summary>
    public static NativeResult Read(FileDescriptor folder, Span<byte> buffer)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(folder, buffer, buffer.Length));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "getdents64", SetLastError = true)]
    private static partial nint Call(FileDescriptor folder, Span<byte> buffer, nint length);
}
