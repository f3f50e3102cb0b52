namespace VServer;

/// <summary>Why a copy gets what it gets: a closed set, to group by.</summary>
public enum CopyReason
{
    /// <summary>A package lists it, or every file that the rules allow is linked.</summary>
    Shareable,

    /// <summary>A configuration file of a package.</summary>
    Configuration,

    /// <summary>No package lists it.</summary>
    Unpackaged,

    /// <summary>A path rule keeps it from being shared.</summary>
    Excluded,

    /// <summary>An empty file, which saves nothing.</summary>
    Empty,

    /// <summary>It tells one system from another.</summary>
    Identity,

    /// <summary>A log, which is another system's history.</summary>
    Log,

    /// <summary>Folders, symlinks, fifos and devices are always made anew.</summary>
    Kind,

    /// <summary>A socket is of no use without its program.</summary>
    Socket,

    /// <summary>Something else is mounted there.</summary>
    OtherFileSystem,

    /// <summary>The copy is in another trust group than the reference.</summary>
    OtherTrustGroup,

    /// <summary>The copy shall share no inodes with others.</summary>
    SeparateInodes,

    /// <summary>The inode has as many names as the file system allows.</summary>
    LinkLimit,

    /// <summary>The kernel does not link this inode, which can only be appended to, or somebody guards it.</summary>
    Denied,
}
