namespace VServer.Ports;

/// <summary>Inode attributes that matter to sharing (statx attribute bits of the same names).</summary>
[Flags]
public enum InodeFlags
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Compressed by the file system.</summary>
    Compressed = 1,

    /// <summary>Can be neither changed nor linked nor removed.</summary>
    Immutable = 2,

    /// <summary>Can only be appended to.</summary>
    AppendOnly = 4,

    /// <summary>Left out by dump.</summary>
    NoDump = 8,

    /// <summary>Needs a key.</summary>
    Encrypted = 16,

    /// <summary>Guarded by fs-verity.</summary>
    Verity = 32,
}
