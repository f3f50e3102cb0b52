namespace VServer;

/// <summary>When a guest that has ended by itself is started again.</summary>
public enum RestartPolicy
{
    /// <summary>It stays stopped.</summary>
    Never,

    /// <summary>When its process 1, or its command, ended with an exit code other than 0 or by a signal.</summary>
    OnFailure,

    /// <summary>However it ended, unless it was stopped from outside or has halted itself.</summary>
    Always,
}
