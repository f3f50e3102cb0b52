using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>statx(2).</summary>
internal static partial class Statx
{
    /// <summary>STATX_BASIC_STATS.</summary>
    public const uint BasicMask = 0x7ff;

    /// <summary>STATX_MNT_ID.</summary>
    public const uint MountIdMask = 0x1000;

    /// <summary>Asks about a NUL-terminated name in the folder; nothing is followed or mounted by asking.</summary>
    public static NativeResult Get(FileDescriptor folder, ReadOnlySpan<byte> name, out StatxBuffer buffer) =>
        Ask(folder, name, AtFlags.NoFollow | AtFlags.NoAutomount, out buffer);

    /// <summary>Asks about what is open.</summary>
    public static NativeResult Get(FileDescriptor descriptor, out StatxBuffer buffer) =>
        Ask(descriptor, "\0"u8, AtFlags.EmptyPath, out buffer);

    private static NativeResult Ask(FileDescriptor folder, ReadOnlySpan<byte> name, AtFlags flags, out StatxBuffer buffer)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(folder, name, flags, BasicMask | MountIdMask, out buffer));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "statx", SetLastError = true)]
    private static partial int Call(FileDescriptor folder, ReadOnlySpan<byte> name, AtFlags flags, uint mask, out StatxBuffer buffer);
}
