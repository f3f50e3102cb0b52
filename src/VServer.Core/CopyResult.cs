namespace VServer;

/// <summary>What copying a guest or template did, or under -WhatIf would do, for one new guest.</summary>
public sealed record CopyResult
{
    /// <summary>The new guest.</summary>
    public required string Guest { get; init; }

    /// <summary>What it is a copy of.</summary>
    public required string Reference { get; init; }

    /// <summary>Absolute path of their store.</summary>
    public required string Store { get; init; }

    /// <summary>True when nothing was done, only found out.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Folders made, the root among them.</summary>
    public long DirectoriesMade { get; init; }

    /// <summary>Files that got an inode of their own.</summary>
    public long FilesCopied { get; init; }

    /// <summary>Their sizes added up, in bytes; a file of several names once.</summary>
    public long BytesCopied { get; init; }

    /// <summary>Files that are one inode with the reference's.</summary>
    public long FilesLinked { get; init; }

    /// <summary>Their sizes added up, in bytes.</summary>
    public long BytesLinked { get; init; }

    /// <summary>Symlinks made.</summary>
    public long SymbolicLinks { get; init; }

    /// <summary>Fifos and device nodes made.</summary>
    public long SpecialFiles { get; init; }

    /// <summary>Files written anew, since they tell one system from another.</summary>
    public long FilesWritten { get; init; }

    /// <summary>Entries that the copy does without: sockets, keys, seeds, leases, old logs, what is mounted in the reference.</summary>
    public long LeftOut { get; init; }

    /// <summary>How long it took; copies of one call are made together and show the same time.</summary>
    public TimeSpan Elapsed { get; init; }
}
