namespace VServer;

/// <summary>A package that is installed in a guest or template.</summary>
public sealed record GuestPackage
{
    /// <summary>The guest or template.</summary>
    public required string Guest { get; init; }

    /// <summary>The package's name.</summary>
    public required string Package { get; init; }

    /// <summary>Its version, epoch and revision included.</summary>
    public required string Version { get; init; }

    /// <summary>E.g. <c>amd64</c>, <c>x86_64</c>, <c>all</c> or <c>noarch</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The package manager: <c>dpkg</c>, <c>rpm</c> or <c>apk</c>.</summary>
    public required string Manager { get; init; }

    /// <summary>The file that was asked for and that the package lists; else null.</summary>
    public UnixPath? Path { get; init; }

    /// <summary>True when that file is a configuration file, which is never shared.</summary>
    public bool IsConfiguration { get; init; }

    /// <summary>Absolute path of the store.</summary>
    public required string Store { get; init; }
}
