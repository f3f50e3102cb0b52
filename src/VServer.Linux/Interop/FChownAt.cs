using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>fchownat(2).</summary>
internal static partial class FChownAt
{
    /// <summary>Sets owner and group of what is open, be it a symlink. Clears set-user-id bits and capabilities.</summary>
    public static NativeResult Change(FileDescriptor descriptor, uint user, uint group)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(descriptor, "\0"u8, user, group, AtFlags.EmptyPath));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "fchownat", SetLastError = true)]
    private static partial int Call(FileDescriptor descriptor, ReadOnlySpan<byte> name, uint user, uint group, AtFlags flags);
}
