namespace VServer;

/// <summary>What is process 1 of a guest.</summary>
public enum InitStyle
{
    /// <summary>A built-in process that starts the guest's command, if it has one, and reaps orphans: for guests without an init.</summary>
    Reaper,

    /// <summary>The guest's command itself.</summary>
    Plain,

    /// <summary>The built-in process. The guest's command is a start script that must end well; a stop script is run when it is asked to end.</summary>
    Script,

    /// <summary>The built-in process. The guest's own rc goes to its run level at the start, and to level 6 when it is asked to end.</summary>
    SysV,

    /// <summary>The guest's own systemd.</summary>
    Systemd,
}
