using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>unlinkat(2).</summary>
internal static partial class UnlinkAt
{
    /// <summary>Removes a name.</summary>
    public static NativeResult Remove(FileDescriptor folder, ReadOnlySpan<byte> name, AtFlags flags)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(folder, name, flags));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int Call(FileDescriptor folder, ReadOnlySpan<byte> name, AtFlags flags);
}
