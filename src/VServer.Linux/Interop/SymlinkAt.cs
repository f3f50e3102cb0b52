using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>symlinkat(2).</summary>
internal static partial class SymlinkAt
{
    /// <summary>Makes a symlink; both texts are NUL-terminated.</summary>
    public static NativeResult Make(ReadOnlySpan<byte> target, FileDescriptor folder, ReadOnlySpan<byte> name)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(target, folder, name));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "symlinkat", SetLastError = true)]
    private static partial int Call(ReadOnlySpan<byte> target, FileDescriptor folder, ReadOnlySpan<byte> name);
}
