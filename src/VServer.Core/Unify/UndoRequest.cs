namespace VServer.Unify;

/// <summary>What to give private copies again.</summary>
public sealed record UndoRequest
{
    /// <summary>The guest.</summary>
    public required string Guest { get; init; }

    /// <summary>Takes a package in by name; null for every shared file, packaged or not.</summary>
    public Func<string, bool>? Package { get; init; }

    /// <summary>
    /// What is undone. HardLink: files that are one inode with others get inodes of their own, whose bytes on disk may go on being shared, which
    /// is quick. Reflink: files with inodes of their own get bytes on disk of their own. Auto: both, so that nothing is shared at all.
    /// </summary>
    public UnifyMethod Method { get; init; }

    /// <summary>Takes a file in by its path in the guest; null for all.</summary>
    public Func<UnixPath, bool>? Path { get; init; }

    /// <summary>True to find out and do nothing.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Gets the fate of every file, called from several threads; null when nobody asks.</summary>
    public Action<UnifyFile>? Files { get; init; }

    /// <summary>Gets how far the work is, called from several threads.</summary>
    public Action<WorkProgress>? Progress { get; init; }
}
