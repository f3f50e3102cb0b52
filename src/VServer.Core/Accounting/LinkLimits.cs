namespace VServer.Accounting;

/// <summary>How many names one inode may have, by file system.</summary>
internal static class LinkLimits
{
    // EXT4_LINK_MAX, which also serves ext3; EXT2_LINK_MAX; BTRFS_LINK_MAX, over all folders together, where extended references are on,
    // as they have been by default since 2012; XFS_MAXLINK; F2FS_LINK_MAX.
    private static readonly Dictionary<string, long> Known = new(StringComparer.Ordinal)
    {
        ["ext4"] = 65_000,
        ["ext3"] = 65_000,
        ["ext2"] = 32_000,
        ["btrfs"] = 65_535,
        ["xfs"] = int.MaxValue,
        ["f2fs"] = uint.MaxValue,
    };

    /// <summary>The limit; null where it is not known.</summary>
    public static long? Of(string fileSystem) => Known.TryGetValue(fileSystem, out long limit) ? limit : null;
}
