using System.Collections;
using System.Management.Automation;
using VServer.Guests;
using VServer.Networks;

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

    /// <summary>Which network it is on: a name, None or Host.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(GuestNetworkCompleter))]
    [ValidateNotNullOrEmpty]
    public string Network { get; set; } = NetworkName.None;

    /// <summary>Its addresses there; an empty array for free ones.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public string[] Address { get; set; } = [];

    /// <summary>Ports of the host that lead to it; an empty array for none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public string[] Publish { get; set; } = [];

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

    /// <summary>How many bytes of memory it may take, swap included; 0 for no limit.</summary>
    [Parameter]
    [ByteCount]
    [ValidateRange(0, long.MaxValue)]
    public virtual long MemoryMax { get; set; }

    /// <summary>How many processes and threads it may have; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public virtual int PidsMax { get; set; }

    /// <summary>How many processors it may use, such as 0.5 or 2; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0.0, 1000.0)]
    public virtual double CpuMax { get; set; }

    /// <summary>Its part of the disks' time beside others that ask for it, 1 to 1000 with 100 as everybody's; 0 to leave it so.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public virtual int IOWeight { get; set; }

    /// <summary>The nice value of its processes, -20 to 19.</summary>
    [Parameter]
    [ValidateRange(-20, 19)]
    public virtual int Nice { get; set; }

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
            Address = given.ContainsKey(nameof(Address)) ? Address : null,
            Publish = given.ContainsKey(nameof(Publish)) ? Publish : null,
            Mount = given.ContainsKey(nameof(Mount)) ? [.. Mount.Select(mount => mount.Read(paths))] : null,
            Privileged = given.ContainsKey(nameof(Privileged)) ? Privileged.ToBool() : null,
            Delta = given.ContainsKey(nameof(Delta)) ? Delta : null,
            Restart = given.ContainsKey(nameof(Restart)) ? Restart : null,
            RestartLimit = given.ContainsKey(nameof(RestartLimit)) ? RestartLimit : null,
            RestartPeriodSec = given.ContainsKey(nameof(RestartPeriodSec)) ? RestartPeriodSec : null,
            Reboot = given.ContainsKey(nameof(Reboot)) ? Reboot : null,
            Priority = given.ContainsKey(nameof(Priority)) ? Priority : null,
            MemoryMax = given.ContainsKey(nameof(MemoryMax)) ? MemoryMax : null,
            PidsMax = given.ContainsKey(nameof(PidsMax)) ? PidsMax : null,
            CpuMax = given.ContainsKey(nameof(CpuMax)) ? CpuMax : null,
            IOWeight = given.ContainsKey(nameof(IOWeight)) ? IOWeight : null,
            Nice = given.ContainsKey(nameof(Nice)) ? Nice : null,
        };
}
