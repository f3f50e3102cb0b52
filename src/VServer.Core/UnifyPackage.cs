namespace VServer;

/// <summary>A package of the reference that a guest has at another version, or has not.</summary>
public sealed record UnifyPackage
{
    /// <summary>Its name without the architecture.</summary>
    public required string Name { get; init; }

    /// <summary>Its architecture in the reference.</summary>
    public required string Architecture { get; init; }

    /// <summary>Its version in the reference.</summary>
    public required string ReferenceVersion { get; init; }

    /// <summary>Its version in the guest, with the architecture where that differs; null when the guest has it not.</summary>
    public string? GuestVersion { get; init; }

    /// <summary>Both in a line.</summary>
    public override string ToString() => GuestVersion is null
        ? $"{Name} {ReferenceVersion} (the guest has it not)"
        : $"{Name} {ReferenceVersion} (the guest has {GuestVersion})";
}
