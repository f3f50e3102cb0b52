using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>Turns what statx says into <see cref="FileFacts"/>.</summary>
internal static class FactsReader
{
    /// <summary>S_IFMT.</summary>
    public const uint TypeMask = 0xF000;

    /// <summary>STATX_ATTR_COMPRESSED.</summary>
    public const uint CompressedBit = 0x4;

    /// <summary>STATX_ATTR_IMMUTABLE.</summary>
    public const uint ImmutableBit = 0x10;

    /// <summary>STATX_ATTR_APPEND.</summary>
    public const uint AppendOnlyBit = 0x20;

    /// <summary>STATX_ATTR_NODUMP.</summary>
    public const uint NoDumpBit = 0x40;

    /// <summary>STATX_ATTR_ENCRYPTED.</summary>
    public const uint EncryptedBit = 0x800;

    /// <summary>STATX_ATTR_VERITY.</summary>
    public const uint VerityBit = 0x100000;

    private const uint PermissionMask = 0xFFF;
    private const int BlockSize = 512;

    /// <summary>The facts of an inode.</summary>
    public static FileFacts Read(in StatxBuffer buffer) => new(
        MakeDevice(buffer.DeviceMajor, buffer.DeviceMinor),
        buffer.Inode,
        buffer.MountId,
        ReadKind(buffer.Mode),
        buffer.Mode & PermissionMask,
        buffer.UserId,
        buffer.GroupId,
        buffer.LinkCount,
        (long)buffer.Size,
        (long)buffer.Blocks * BlockSize,
        new FileTime(buffer.Modified.Seconds, buffer.Modified.Nanoseconds),
        new FileTime(buffer.Changed.Seconds, buffer.Changed.Nanoseconds),
        ReadFlags(buffer.Attributes),
        MakeDevice(buffer.SpecialMajor, buffer.SpecialMinor));

    /// <summary>The mode bits of a type, as mknod takes them.</summary>
    public static uint GetTypeBits(FileKind kind) => kind switch
    {
        FileKind.Fifo => 0x1000,
        FileKind.CharacterDevice => 0x2000,
        FileKind.Folder => 0x4000,
        FileKind.BlockDevice => 0x6000,
        FileKind.Regular => 0x8000,
        FileKind.SymbolicLink => 0xA000,
        _ => 0xC000,
    };

    /// <summary>gnu_dev_makedev: what mknod takes and stat(1) prints.</summary>
    public static ulong MakeDevice(ulong major, ulong minor) =>
        ((major & 0xFFF) << 8) | ((major & ~0xFFFUL) << 32) | (minor & 0xFF) | ((minor & ~0xFFUL) << 12);

    /// <summary>The two numbers of a device, as files under /sys are named.</summary>
    public static string ShowDevice(ulong device) =>
        $"{((device >> 8) & 0xFFF) | ((device >> 32) & ~0xFFFUL)}:{(device & 0xFF) | ((device >> 12) & 0xFFFFFF00)}";

    private static FileKind ReadKind(uint mode) => (mode & TypeMask) switch
    {
        0x1000 => FileKind.Fifo,
        0x2000 => FileKind.CharacterDevice,
        0x4000 => FileKind.Folder,
        0x6000 => FileKind.BlockDevice,
        0x8000 => FileKind.Regular,
        0xA000 => FileKind.SymbolicLink,
        _ => FileKind.Socket,
    };

    private static InodeFlags ReadFlags(ulong attributes)
    {
        // Hardly any file has one.
        if (attributes == 0)
        {
            return InodeFlags.None;
        }

        return Take(attributes, CompressedBit, InodeFlags.Compressed)
            | Take(attributes, ImmutableBit, InodeFlags.Immutable)
            | Take(attributes, AppendOnlyBit, InodeFlags.AppendOnly)
            | Take(attributes, NoDumpBit, InodeFlags.NoDump)
            | Take(attributes, EncryptedBit, InodeFlags.Encrypted)
            | Take(attributes, VerityBit, InodeFlags.Verity);
    }

    private static InodeFlags Take(ulong attributes, ulong bit, InodeFlags flag) => (attributes & bit) != 0 ? flag : InodeFlags.None;
}
