using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>read(2).</summary>
internal static partial class Read
{
    /// <summary>Reads at the descriptor's place; 0 at the end.</summary>
    public static NativeResult Bytes(FileDescriptor file, Span<byte> buffer)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(file, buffer, buffer.Length));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "read", SetLastError = true)]
    private static partial nint Call(FileDescriptor file, Span<byte> buffer, nint length);
}
