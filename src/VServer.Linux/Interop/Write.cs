using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>write(2).</summary>
internal static partial class Write
{
    /// <summary>Writes at the descriptor's place; fewer bytes than given may be taken.</summary>
    public static NativeResult Bytes(FileDescriptor file, ReadOnlySpan<byte> buffer)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(file, buffer, buffer.Length));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "write", SetLastError = true)]
    private static partial nint Call(FileDescriptor file, ReadOnlySpan<byte> buffer, nint length);
}
