namespace VServer;

/// <summary>Something that is not as it should be.</summary>
public sealed record Finding
{
    /// <summary>The guest or template; null for what concerns the store as a whole.</summary>
    public string? Guest { get; init; }

    /// <summary>Absolute path of the store.</summary>
    public required string Store { get; init; }

    /// <summary>What it is.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>The file, as the guest sees it; in the store for what concerns the store; null when it is no file.</summary>
    public UnixPath? Path { get; init; }

    /// <summary>The package the file belongs to, if it is about one.</summary>
    public string? Package { get; init; }

    /// <summary>What in particular, and what to do.</summary>
    public string Detail { get; init; } = "";
}
