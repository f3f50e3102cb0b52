namespace VServer.Templates;

/// <summary>A template to be made of packages that are installed on a running system.</summary>
public sealed record NewTemplate
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The packages it shall hold; what they depend on, and what the distribution calls essential, comes with them.</summary>
    public required IReadOnlyList<string> Packages { get; init; }

    /// <summary>Root of the system that the packages are installed in; the host's own by default.</summary>
    public string Source { get; init; } = "/";

    /// <summary>Trust group of guests made from it.</summary>
    public string TrustGroup { get; init; } = "default";

    /// <summary>Gets how far the work is, called from several threads.</summary>
    public Action<WorkProgress>? Progress { get; init; }
}
