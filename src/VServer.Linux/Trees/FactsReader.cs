using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>Turns what statx says into <see cref="FileFacts"/>.</summary>
internal static class FactsReader
{
    private const uint TypeMask = 0xF000;
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
        // The kernel sets bits it is asked about on few files only; most come out here.
        if (attributes == 0)
        {
            return InodeFlags.None;
        }

        return Take(attributes, 0x4, InodeFlags.Compressed)
            | Take(attributes, 0x10, InodeFlags.Immutable)
            | Take(attributes, 0x20, InodeFlags.AppendOnly)
            | Take(attributes, 0x40, InodeFlags.NoDump)
            | Take(attributes, 0x800, InodeFlags.Encrypted)
            | Take(attributes, 0x100000, InodeFlags.Verity);
    }

    private static InodeFlags Take(ulong attributes, ulong bit, InodeFlags flag) => (attributes & bit) != 0 ? flag : InodeFlags.None;

    // gnu_dev_makedev: what mknod takes and stat(1) prints.
    private static ulong MakeDevice(ulong major, ulong minor) =>
        ((major & 0xFFF) << 8) | ((major & ~0xFFFUL) << 32) | (minor & 0xFF) | ((minor & ~0xFFUL) << 12);
}
