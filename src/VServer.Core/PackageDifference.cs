namespace VServer;

/// <summary>A package side by side in several guests.</summary>
public sealed record PackageDifference
{
    /// <summary>The package's name.</summary>
    public required string Package { get; init; }

    /// <summary>Its architecture; a package at another one is another row.</summary>
    public required string Architecture { get; init; }

    /// <summary>The package manager; what another one calls by the same name is another row.</summary>
    public required string Manager { get; init; }

    /// <summary>What the versions come to.</summary>
    public required PackageState State { get; init; }

    /// <summary>The version in each guest, in the order asked; null where it is not installed, several joined by commas.</summary>
    public required IReadOnlyDictionary<string, string?> Versions { get; init; }
}
