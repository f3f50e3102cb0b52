using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>readlinkat(2).</summary>
internal static partial class ReadLinkAt
{
    /// <summary>Reads a symlink's target; an empty name means the symlink that is open. A result as long as the buffer may be cut.</summary>
    public static NativeResult Read(FileDescriptor folder, ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(folder, name, buffer, buffer.Length));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "readlinkat", SetLastError = true)]
    private static partial nint Call(FileDescriptor folder, ReadOnlySpan<byte> name, Span<byte> buffer, nint length);
}
