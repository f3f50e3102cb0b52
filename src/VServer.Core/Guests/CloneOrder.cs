using System.Collections.Concurrent;

namespace VServer.Guests;

/// <summary>What the threads that clone a tree share.</summary>
/// <param name="Source">Absolute path of the tree that is cloned.</param>
/// <param name="Targets">The trees that are made.</param>
/// <param name="Rules">What they get.</param>
internal sealed record CloneOrder(string Source, IReadOnlyList<CloneTarget> Targets, CloneRules Rules) : IDisposable
{
    /// <summary>True to find out and make nothing; the targets do not exist then.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Folders to go through.</summary>
    public FolderQueue Queue { get; } = new();

    /// <summary>Counts.</summary>
    public required WorkMeter Meter { get; init; }

    /// <summary>Gets what becomes of every entry but folders; null when nobody asks.</summary>
    public Action<CopyFile>? Files { get; init; }

    /// <summary>Gets names that were linked and bear no seal yet; null when none is wanted.</summary>
    public ConcurrentBag<UnixPath>? Unsealed { get; init; }

    /// <summary>Paths of the reference that are written anew.</summary>
    public ConcurrentBag<UnixPath> Replaced { get; } = [];

    /// <inheritdoc/>
    public void Dispose() => Queue.Dispose();
}
