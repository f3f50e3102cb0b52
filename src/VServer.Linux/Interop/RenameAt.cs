using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>renameat(2).</summary>
internal static partial class RenameAt
{
    /// <summary>Renames, replacing what is there atomically. Two names of one inode are both left, and that is a success.</summary>
    public static NativeResult Rename(FileDescriptor sourceFolder, ReadOnlySpan<byte> from, FileDescriptor folder, ReadOnlySpan<byte> to)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(sourceFolder, from, folder, to));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "renameat", SetLastError = true)]
    private static partial int Call(FileDescriptor sourceFolder, ReadOnlySpan<byte> from, FileDescriptor folder, ReadOnlySpan<byte> to);
}
