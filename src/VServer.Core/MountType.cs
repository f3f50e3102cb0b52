namespace VServer;

/// <summary>What is mounted in a guest.</summary>
public enum MountType
{
    /// <summary>A folder or file of the host.</summary>
    Bind,

    /// <summary>Memory, empty at every start.</summary>
    Tmpfs,
}
