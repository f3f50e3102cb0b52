using VServer.Unify;

namespace VServer;

/// <summary>The fate of one file.</summary>
public sealed record UnifyFile
{
    /// <summary>The guest.</summary>
    public required string Guest { get; init; }

    /// <summary>The file, as the guest sees it.</summary>
    public required UnixPath Path { get; init; }

    /// <summary>True when it is, or under -WhatIf would be, shared: one inode with another guest's file, or its bytes on disk.</summary>
    public bool Shared { get; init; }

    /// <summary>By what it is shared; null when it is not.</summary>
    public UnifyMethod? Method { get; init; }

    /// <summary>Why not, or null.</summary>
    public SkipReason? Reason { get; init; }

    /// <summary>The package it belongs to, if known.</summary>
    public string? Package { get; init; }

    /// <summary>Its length in bytes.</summary>
    public long Size { get; init; }

    /// <summary>What in particular, e.g. which metadata differs or what the kernel said; empty when there is nothing to add.</summary>
    public string Detail { get; init; } = "";
}
