namespace VServer.Trust;

/// <summary>What a guest is compared with.</summary>
[Flags]
public enum TestScope
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The rules of the store: trust groups, guards, left-overs, configurations.</summary>
    Store = 1,

    /// <summary>The digests of its packages, where the package database has them.</summary>
    Package = 2,

    /// <summary>Its reference, where it has one.</summary>
    Reference = 4,

    /// <summary>All of them.</summary>
    All = Store | Package | Reference,
}
