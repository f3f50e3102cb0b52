namespace VServer;

/// <summary>What became of one finding.</summary>
public sealed record RepairStep
{
    /// <summary>The guest or template; null for what concerns the store as a whole.</summary>
    public string? Guest { get; init; }

    /// <summary>What was found.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>The file, as the guest sees it; null when it is no file.</summary>
    public UnixPath? Path { get; init; }

    /// <summary>True when it was put right, or under -WhatIf would be.</summary>
    public bool Done { get; init; }

    /// <summary>True when nothing was done, only found out.</summary>
    public bool WhatIf { get; init; }

    /// <summary>What was done, or why nothing was and what to do instead.</summary>
    public string Detail { get; init; } = "";
}
