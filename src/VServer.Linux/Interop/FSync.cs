using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>fsync(2).</summary>
internal static partial class FSync
{
    /// <summary>Makes content and metadata survive a power loss.</summary>
    public static NativeResult Flush(FileDescriptor file)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(file));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "fsync", SetLastError = true)]
    private static partial int Call(FileDescriptor file);
}
