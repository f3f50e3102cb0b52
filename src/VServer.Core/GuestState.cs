namespace VServer;

/// <summary>What a guest is doing, as the kernel says.</summary>
public enum GuestState
{
    /// <summary>Nothing of it runs.</summary>
    Stopped,

    /// <summary>Its first process runs.</summary>
    Running,

    /// <summary>It is frozen: all of it is there and nothing of it runs.</summary>
    Suspended,

    /// <summary>Its first process runs, but its command has failed.</summary>
    Degraded,

    /// <summary>Nothing of it runs, and nobody stopped it: it has failed.</summary>
    Failed,

    /// <summary>Its making or copying was interrupted; it can only be removed.</summary>
    Incomplete,
}
