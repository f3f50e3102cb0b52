using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>mknodat(2).</summary>
internal static partial class MakeNodeAt
{
    /// <summary>Makes a fifo or a device node; the umask takes bits away from the mode.</summary>
    public static NativeResult Make(FileDescriptor folder, ReadOnlySpan<byte> name, uint mode, ulong device)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(folder, name, mode, device));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "mknodat", SetLastError = true)]
    private static partial int Call(FileDescriptor folder, ReadOnlySpan<byte> name, uint mode, ulong device);
}
