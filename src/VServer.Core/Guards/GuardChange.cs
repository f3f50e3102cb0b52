using VServer.Unify;

namespace VServer.Guards;

/// <summary>How files are to be guarded from now on.</summary>
public sealed record GuardChange
{
    /// <summary>Immutable seals; all else takes the seal off.</summary>
    public UnifyGuard Guard { get; init; } = UnifyGuard.Immutable;

    /// <summary>True to seal also what a guest needs to change and what nobody shares.</summary>
    public bool Force { get; init; }

    /// <summary>True to find out and do nothing.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Gets every file that was changed, or would be, and those given whole that were so already.</summary>
    public Action<GuardedFile>? Done { get; init; }

    /// <summary>Gets what could not be done, file by file.</summary>
    public Action<Exception>? Failed { get; init; }
}
