using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>pread(2).</summary>
internal static partial class PRead
{
    /// <summary>Reads at an offset; 0 at the end, and fewer bytes than asked for are normal.</summary>
    public static NativeResult Read(FileDescriptor file, Span<byte> buffer, long offset)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(file, buffer, buffer.Length, offset));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "pread", SetLastError = true)]
    private static partial nint Call(FileDescriptor file, Span<byte> buffer, nint length, long offset);
}
