namespace VServer.Guests;

/// <summary>A guest to be made.</summary>
public sealed record NewGuest
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The template it is made from; null when <see cref="Tree"/> is given.</summary>
    public string? Template { get; init; }

    /// <summary>Absolute path of an existing tree that becomes the guest's by being renamed into the store; null when <see cref="Template"/> is given.</summary>
    public string? Tree { get; init; }

    /// <summary>The host name seen inside; null for the guest's name.</summary>
    public string? HostName { get; init; }

    /// <summary>Who it may share inodes with; null for its template's group.</summary>
    public string? TrustGroup { get; init; }

    /// <summary>True for a guest without a user namespace.</summary>
    public bool Privileged { get; init; }

    /// <summary>What is process 1.</summary>
    public InitStyle Init { get; init; }

    /// <summary>The guest's own program and arguments; empty for none.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Which network it sees.</summary>
    public NetworkMode Network { get; init; }

    /// <summary>What becomes of the delta at the end.</summary>
    public DeltaPolicy Delta { get; init; }

    /// <summary>Run by the built-in process 1 when the guest is asked to end, before everything in it is: a program and its arguments.</summary>
    public IReadOnlyList<string> StopCommand { get; init; } = [];

    /// <summary>The run level of a guest whose init is <see cref="InitStyle.SysV"/>.</summary>
    public int RunLevel { get; init; } = 3;

    /// <summary>When it is started again after it ended by itself.</summary>
    public RestartPolicy Restart { get; init; }

    /// <summary>How many restarts and reboots there may be within the period; one more, and it stays stopped.</summary>
    public int RestartLimit { get; init; } = 5;

    /// <summary>The period, in seconds.</summary>
    public int RestartPeriodSec { get; init; } = 60;

    /// <summary>What a reboot or halt from inside does.</summary>
    public RebootPolicy Reboot { get; init; }

    /// <summary>Guests of a higher priority start earlier and stop later.</summary>
    public int Priority { get; init; }

    /// <summary>Gets how far the work is, called from several threads.</summary>
    public Action<WorkProgress>? Progress { get; init; }
}
