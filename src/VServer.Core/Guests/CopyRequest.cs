using VServer.Unify;

namespace VServer.Guests;

/// <summary>Copies to be made of a guest or template.</summary>
public sealed record CopyRequest
{
    /// <summary>The guest or template that is copied.</summary>
    public required string Reference { get; init; }

    /// <summary>Names of the new guests.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The host name seen inside; null for each guest's name.</summary>
    public string? HostName { get; init; }

    /// <summary>Who the copies may share inodes with; null for the reference's group. In another group nothing is linked.</summary>
    public string? TrustGroup { get; init; }

    /// <summary>Which files are linked: those of packages, or all that the path rules allow.</summary>
    public UnifyScope Scope { get; init; }

    /// <summary>How linked files are guarded.</summary>
    public UnifyGuard Guard { get; init; } = UnifyGuard.MayUnlink;

    /// <summary>True to find out and do nothing.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Gets what becomes of every entry but folders, called from several threads; null when nobody asks.</summary>
    public Action<CopyFile>? Files { get; init; }

    /// <summary>Gets how far the work is, called from several threads.</summary>
    public Action<WorkProgress>? Progress { get; init; }
}
