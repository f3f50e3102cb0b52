using System.Collections;
using System.Management.Automation;
using VServer.Guests;

namespace VServer.Binding;

/// <summary>What can be set of a guest, as parameters of those cmdlets that make guests or change them.</summary>
public class GuestParameters
{
    /// <summary>What it is for, in your words.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string Description { get; set; } = "";

    /// <summary>What is process 1.</summary>
    [Parameter]
    public InitStyle Init { get; set; }

    /// <summary>The guest's own program and its arguments; an empty array for none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [ValidateNotNull]
    public string[] Command { get; set; } = [];

    /// <summary>Run when the guest is asked to end, before everything in it is: a program and its arguments; an empty array for none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [ValidateNotNull]
    public string[] StopCommand { get; set; } = [];

    /// <summary>The run level of a guest whose init is SysV.</summary>
    [Parameter]
    [ValidateRange(1, 5)]
    public int RunLevel { get; set; } = 3;

    /// <summary>Environment of process 1; an empty table for none.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary Environment { get; set; } = new Hashtable();

    /// <summary>Which network it sees.</summary>
    [Parameter]
    public NetworkMode Network { get; set; }

    /// <summary>What is mounted in the guest whenever it is started: folders and files of the host, and memory; an empty array for nothing.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public MountArgument[] Mount { get; set; } = [];

    /// <summary>Whether the guest's root is the host's root: no user namespace.</summary>
    [Parameter]
    public SwitchParameter Privileged { get; set; }

    /// <summary>What becomes of the guest's changes when it stops.</summary>
    [Parameter]
    public DeltaPolicy Delta { get; set; }

    /// <summary>When it is started again after it ended by itself.</summary>
    [Parameter]
    public virtual RestartPolicy Restart { get; set; }

    /// <summary>How many restarts and reboots there may be within the period; one more, and it stays stopped.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int RestartLimit { get; set; } = 5;

    /// <summary>The period, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int RestartPeriodSec { get; set; } = 60;

    /// <summary>What a reboot or halt from inside does.</summary>
    [Parameter]
    public virtual RebootPolicy Reboot { get; set; }

    /// <summary>When many guests are started or stopped: those of a higher priority start earlier and stop later.</summary>
    [Parameter]
    [ValidateRange(-1000, 1000)]
    public virtual int Priority { get; set; }

    /// <summary>Settings with those that were given.</summary>
    /// <param name="settings">What holds the others.</param>
    /// <param name="given">The parameters of the command line and the pipeline.</param>
    /// <param name="paths">The shell's own idea of paths.</param>
    internal T Fill<T>(T settings, IReadOnlyDictionary<string, object> given, PathIntrinsics paths)
        where T : GuestSettings => settings with
        {
            Description = given.ContainsKey(nameof(Description)) ? Description : null,
            Init = given.ContainsKey(nameof(Init)) ? Init : null,
            Command = given.ContainsKey(nameof(Command)) ? Command : null,
            StopCommand = given.ContainsKey(nameof(StopCommand)) ? StopCommand : null,
            RunLevel = given.ContainsKey(nameof(RunLevel)) ? RunLevel : null,
            Environment = given.ContainsKey(nameof(Environment)) ? EnvironmentTable.ToText(Environment) : null,
            Network = given.ContainsKey(nameof(Network)) ? Network : null,
            Mount = given.ContainsKey(nameof(Mount)) ? [.. Mount.Select(mount => mount.Read(paths))] : null,
            Privileged = given.ContainsKey(nameof(Privileged)) ? Privileged.ToBool() : null,
            Delta = given.ContainsKey(nameof(Delta)) ? Delta : null,
            Restart = given.ContainsKey(nameof(Restart)) ? Restart : null,
            RestartLimit = given.ContainsKey(nameof(RestartLimit)) ? RestartLimit : null,
            RestartPeriodSec = given.ContainsKey(nameof(RestartPeriodSec)) ? RestartPeriodSec : null,
            Reboot = given.ContainsKey(nameof(Reboot)) ? Reboot : null,
            Priority = given.ContainsKey(nameof(Priority)) ? Priority : null,
        };
}
