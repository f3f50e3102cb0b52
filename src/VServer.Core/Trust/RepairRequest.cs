using VServer.Unify;

namespace VServer.Trust;

/// <summary>What to put right of a guest or template.</summary>
public sealed record RepairRequest
{
    /// <summary>The guest or template.</summary>
    public required string Name { get; init; }

    /// <summary>What it is tested for first.</summary>
    public TestScope Scope { get; init; } = TestScope.Store | TestScope.Package;

    /// <summary>Where files of packages are taken from; null for what the guest was made from.</summary>
    public string? Reference { get; init; }

    /// <summary>The guard that shared files should have.</summary>
    public UnifyGuard Guard { get; init; } = UnifyGuard.MayUnlink;

    /// <summary>True to put back also files that were changed; without, only those that are missing.</summary>
    public bool Force { get; init; }

    /// <summary>True to find out and do nothing.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Gets what became of each finding.</summary>
    public required Action<RepairStep> Told { get; init; }

    /// <summary>Gets how far it is, from several threads; null when nobody asks.</summary>
    public Action<WorkProgress>? Progress { get; init; }
}
