namespace VServer;

/// <summary>A tree that guests are made from and share their files with.</summary>
public sealed record Template
{
    /// <summary>Its name, unique in its store among guests and templates.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the store.</summary>
    public required string Store { get; init; }

    /// <summary>Absolute path of its tree.</summary>
    public required string Path { get; init; }

    /// <summary>True when its making was interrupted; it can only be removed.</summary>
    public bool Incomplete { get; init; }

    /// <summary>Where its files came from.</summary>
    public string Source { get; init; } = "";

    /// <summary>The packages that were asked for.</summary>
    public IReadOnlyList<string> Requested { get; init; } = [];

    /// <summary>How many files its packages list that the source did not have.</summary>
    public int MissingFiles { get; init; }

    /// <summary>Trust group of guests made from it.</summary>
    public string TrustGroup { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }
}
