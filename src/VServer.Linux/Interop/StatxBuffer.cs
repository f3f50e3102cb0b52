using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>struct statx, as far as it is read here; the kernel writes all 256 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 256)]
internal struct StatxBuffer
{
    public uint Mask;
    public uint BlockSize;
    public ulong Attributes;
    public uint LinkCount;
    public uint UserId;
    public uint GroupId;
    public ushort Mode;
    private readonly ushort reserved;
    public ulong Inode;
    public ulong Size;
    public ulong Blocks;
    public ulong AttributesMask;
    public StatxTimestamp Accessed;
    public StatxTimestamp Born;
    public StatxTimestamp Changed;
    public StatxTimestamp Modified;
    public uint SpecialMajor;
    public uint SpecialMinor;
    public uint DeviceMajor;
    public uint DeviceMinor;
    public ulong MountId;
}
