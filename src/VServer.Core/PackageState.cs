namespace VServer;

/// <summary>How a package stands in several guests.</summary>
public enum PackageState
{
    /// <summary>All have it at the same version.</summary>
    Same,

    /// <summary>All have it, at different versions.</summary>
    Differs,

    /// <summary>Some have it not.</summary>
    Missing,
}
