using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>ftruncate(2).</summary>
internal static partial class FTruncate
{
    /// <summary>Sets the file's length; what is new is a hole.</summary>
    public static NativeResult Truncate(FileDescriptor file, long length)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(file, length));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int Call(FileDescriptor file, long length);
}
