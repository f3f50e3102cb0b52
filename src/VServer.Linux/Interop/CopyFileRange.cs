using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>copy_file_range(2).</summary>
internal static partial class CopyFileRange
{
    /// <summary>Copies inside the kernel from one offset to another; both offsets move on by what was copied.</summary>
    public static NativeResult Copy(FileDescriptor source, ref long sourceOffset, FileDescriptor target, ref long targetOffset, long length)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(source, ref sourceOffset, target, ref targetOffset, (nint)length, 0));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "copy_file_range", SetLastError = true)]
    private static partial nint Call(FileDescriptor source, ref long sourceOffset, FileDescriptor target, ref long targetOffset, nint length, uint flags);
}
