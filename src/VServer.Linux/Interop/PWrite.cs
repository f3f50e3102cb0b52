using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>pwrite(2).</summary>
internal static partial class PWrite
{
    /// <summary>Writes at an offset; fewer bytes than given may be taken.</summary>
    public static NativeResult Write(FileDescriptor file, ReadOnlySpan<byte> buffer, long offset)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(file, buffer, buffer.Length, offset));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint Call(FileDescriptor file, ReadOnlySpan<byte> buffer, nint length, long offset);
}
