namespace VServer;

/// <summary>What a copy gets in place of an entry of its reference.</summary>
public enum CopyAction
{
    /// <summary>A folder, symlink, fifo or device of its own, made anew.</summary>
    Made,

    /// <summary>Another name of the reference's inode.</summary>
    Linked,

    /// <summary>A file of its own with the same content.</summary>
    Copied,

    /// <summary>A file of its own without content.</summary>
    Emptied,

    /// <summary>A file with a content of its own.</summary>
    Written,

    /// <summary>Nothing.</summary>
    LeftOut,
}
