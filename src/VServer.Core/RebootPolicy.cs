namespace VServer;

/// <summary>What happens when a guest asks for a reboot or a halt, by reboot(2) or its /dev/reboot.</summary>
public enum RebootPolicy
{
    /// <summary>A reboot starts it again, a halt stops it.</summary>
    Restart,

    /// <summary>Both stop it.</summary>
    Stop,

    /// <summary>Neither is possible: the call is refused, and there is no /dev/reboot.</summary>
    Ignore,
}
