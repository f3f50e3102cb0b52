using VServer.Ports;

namespace VServer;

/// <summary>A file or folder that a guest has changed against its tree.</summary>
public sealed record FileChange
{
    /// <summary>The guest.</summary>
    public required string Guest { get; init; }

    /// <summary>Absolute path of the store.</summary>
    public required string Store { get; init; }

    /// <summary>What happened to it.</summary>
    public required ChangeKind Change { get; init; }

    /// <summary>Where the guest sees it; of what is removed, where it was.</summary>
    public required UnixPath Path { get; init; }

    /// <summary>Where it was before it was renamed; null otherwise.</summary>
    public UnixPath? OldPath { get; init; }

    /// <summary>Its type; of what is removed, the type it had.</summary>
    public FileKind Type { get; init; }

    /// <summary>Its length in bytes before; null for what was not there, and for what has no length.</summary>
    public long? SizeBefore { get; init; }

    /// <summary>Its length in bytes now; null for what is gone, and for what has no length.</summary>
    public long? SizeAfter { get; init; }

    /// <summary>What is different, each with the value before and now where that fits in a few words.</summary>
    public string Detail { get; init; } = "";
}
