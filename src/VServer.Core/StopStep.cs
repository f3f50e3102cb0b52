namespace VServer;

/// <summary>What ended a guest.</summary>
public enum StopStep
{
    /// <summary>It was not running.</summary>
    Gone,

    /// <summary>The signal of its init style.</summary>
    Signal,

    /// <summary>Being killed, after the grace.</summary>
    Kill,
}
