namespace VServer.Ports;

/// <summary>What the kernel says of an inode.</summary>
/// <param name="Device">The file system's device number.</param>
/// <param name="Inode">The inode number.</param>
/// <param name="MountId">The mount it was seen through.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Permissions">The twelve mode bits.</param>
/// <param name="UserId">The owner on disk.</param>
/// <param name="GroupId">The group on disk.</param>
/// <param name="LinkCount">How many names it has.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="AllocatedBytes">Bytes on disk, as du counts them.</param>
/// <param name="Modified">The mtime.</param>
/// <param name="Changed">The ctime.</param>
/// <param name="Flags">The inode's attributes.</param>
/// <param name="SpecialDevice">The device number of a device node.</param>
public readonly record struct FileFacts(
    ulong Device,
    ulong Inode,
    ulong MountId,
    FileKind Kind,
    uint Permissions,
    uint UserId,
    uint GroupId,
    uint LinkCount,
    long Size,
    long AllocatedBytes,
    FileTime Modified,
    FileTime Changed,
    InodeFlags Flags,
    ulong SpecialDevice)
{
    /// <summary>What tells the inode from others.</summary>
    internal InodeKey Key => new(Device, Inode);

    /// <summary>True when both are one inode.</summary>
    public bool IsSameInode(in FileFacts other) => Device == other.Device && Inode == other.Inode;

    /// <summary>True when nothing was done to the inode between the two looks: same inode, ctime and size.</summary>
    public bool IsUnchangedSince(in FileFacts earlier) =>
        IsSameInode(earlier) && Changed == earlier.Changed && Size == earlier.Size;

    /// <summary>True when nothing was done to the inode but that names were given or taken, which changes its ctime, and its guard, too.</summary>
    public bool IsUnchangedButForNamesSince(in FileFacts earlier) =>
        IsUnchangedSince(earlier)
        || (LinkCount != earlier.LinkCount && this == earlier with { Changed = Changed, LinkCount = LinkCount, Flags = Flags });

    /// <summary>True when no byte was written between the two looks, whatever names and attributes were given or taken: same inode, mtime and size.</summary>
    public bool IsUnwrittenSince(in FileFacts earlier) =>
        IsSameInode(earlier) && Modified == earlier.Modified && Size == earlier.Size;
}
