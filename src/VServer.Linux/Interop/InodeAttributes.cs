namespace VServer.Linux.Interop;

/// <summary>FS_..._FL: inode attributes as ioctl_iflags(2) has them; all other bits are carried along untouched.</summary>
[Flags]
internal enum InodeAttributes : uint
{
    None = 0,
    Compressed = 0x4,
    Immutable = 0x10,
    AppendOnly = 0x20,
    NoDump = 0x40,
    NoCopyOnWrite = 0x800000,
}
