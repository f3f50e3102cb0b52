namespace VServer;

/// <summary>Why a file was not shared: a closed set, to group by.</summary>
public enum SkipReason
{
    /// <summary>The reference has no such file, or the guest has none.</summary>
    NotInReference,

    /// <summary>The package is installed at different versions or architectures.</summary>
    VersionDiffers,

    /// <summary>A configuration file.</summary>
    Configuration,

    /// <summary>A rule leaves it out.</summary>
    Excluded,

    /// <summary>No regular file.</summary>
    NotRegular,

    /// <summary>Shared already: one inode, or the same bytes on disk.</summary>
    AlreadyShared,

    /// <summary>The bytes differ.</summary>
    ContentDiffers,

    /// <summary>Owner, mode, times, attributes or flags differ.</summary>
    MetadataDiffers,

    /// <summary>An empty file.</summary>
    Empty,

    /// <summary>Smaller than asked for, or, where extents are shared, so small that it has no block of its own.</summary>
    TooSmall,

    /// <summary>Somebody has it open for writing.</summary>
    OpenForWriting,

    /// <summary>On another file system.</summary>
    OtherFileSystem,

    /// <summary>The guests do not trust one another.</summary>
    OtherTrustGroup,

    /// <summary>The inode has as many names as the file system allows.</summary>
    LinkLimit,

    /// <summary>The guest runs.</summary>
    Running,

    /// <summary>It changed while it was looked at.</summary>
    Changed,

    /// <summary>The file system cannot.</summary>
    Unsupported,

    /// <summary>The kernel refused.</summary>
    Denied,
}
