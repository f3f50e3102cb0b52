namespace VServer;

/// <summary>A file of a package that no other guest or template has a name of.</summary>
public sealed record UnsharedFile
{
    /// <summary>The guest or template.</summary>
    public required string Guest { get; init; }

    /// <summary>The file, as the guest sees it.</summary>
    public required UnixPath Path { get; init; }

    /// <summary>The package that lists it.</summary>
    public required string Package { get; init; }

    /// <summary>Its length in bytes.</summary>
    public long Size { get; init; }

    /// <summary>Bytes on disk.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Why unify leaves it alone whatever others have; null when an equal file elsewhere would be enough.</summary>
    public SkipReason? Reason { get; init; }
}
