using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>mkdirat(2).</summary>
internal static partial class MakeDirectoryAt
{
    /// <summary>Makes a folder; the umask takes bits away from the mode.</summary>
    public static NativeResult Make(FileDescriptor folder, ReadOnlySpan<byte> name, uint mode)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(folder, name, mode));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "mkdirat", SetLastError = true)]
    private static partial int Call(FileDescriptor folder, ReadOnlySpan<byte> name, uint mode);
}
