namespace VServer;

/// <summary>What is process 1 of a guest.</summary>
public enum InitStyle
{
    /// <summary>A built-in process that starts the guest's command, if it has one, and reaps orphans: for guests without an init.</summary>
    Reaper,

    /// <summary>The guest's command itself.</summary>
    Plain,
}
