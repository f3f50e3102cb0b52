using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>open_by_handle_at(2).</summary>
internal static partial class OpenByHandleAt
{
    /// <summary>Opens the inode of a struct file_handle on the file system that a folder is on.</summary>
    public static NativeResult Open(FileDescriptor folder, ReadOnlySpan<byte> handle, ulong flags)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(folder, handle, (int)flags));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "open_by_handle_at", SetLastError = true)]
    private static partial int Call(FileDescriptor folder, ReadOnlySpan<byte> handle, int flags);
}
