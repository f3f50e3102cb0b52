namespace VServer;

/// <summary>Which network a guest sees.</summary>
public enum NetworkMode
{
    /// <summary>Its own, with loopback alone.</summary>
    None,

    /// <summary>The host's: no isolation.</summary>
    Host,
}
