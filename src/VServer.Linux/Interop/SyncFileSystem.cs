using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>syncfs(2).</summary>
internal static partial class SyncFileSystem
{
    /// <summary>Makes everything written to the file system of the descriptor survive a power loss.</summary>
    public static NativeResult Flush(FileDescriptor descriptor)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(descriptor));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "syncfs", SetLastError = true)]
    private static partial int Call(FileDescriptor descriptor);
}
