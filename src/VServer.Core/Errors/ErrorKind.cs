namespace VServer.Errors;

/// <summary>What went wrong, in words that need no kernel. The adapters map native errors to these; the cmdlets map these to categories.</summary>
public enum ErrorKind
{
    /// <summary>Nothing by that name.</summary>
    NotFound,

    /// <summary>There is already one of that name.</summary>
    AlreadyExists,

    /// <summary>What was given cannot be meant.</summary>
    InvalidArgument,

    /// <summary>What is on disk is not as it should be.</summary>
    InvalidData,

    /// <summary>It cannot be done in the state things are in.</summary>
    InvalidOperation,

    /// <summary>The caller may not.</summary>
    PermissionDenied,

    /// <summary>It has not come in time.</summary>
    TimedOut,

    /// <summary>Somebody else has it.</summary>
    Busy,

    /// <summary>This kernel or file system cannot.</summary>
    Unsupported,

    /// <summary>No space, no inodes, no quota, or read-only.</summary>
    NoSpace,

    /// <summary>The file system is mounted read-only.</summary>
    ReadOnly,

    /// <summary>Two things that must be on one file system are not.</summary>
    CrossesFileSystem,

    /// <summary>The inode has as many names as its file system allows.</summary>
    TooManyLinks,

    /// <summary>It is not what it was a moment ago.</summary>
    Changed,

    /// <summary>The device failed.</summary>
    InputOutput,
}
