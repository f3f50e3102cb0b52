using VServer.Networks;

namespace VServer.Guests;

/// <summary>What can be said of a guest when it is made and changed later; what is null stays as it is.</summary>
public record GuestSettings
{
    /// <summary>What it is for, in its admin's words.</summary>
    public string? Description { get; init; }

    /// <summary>What is process 1.</summary>
    public InitStyle? Init { get; init; }

    /// <summary>The guest's own program and arguments; empty for none.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Run by the built-in process 1 when the guest is asked to end: a program and its arguments; empty for none.</summary>
    public IReadOnlyList<string>? StopCommand { get; init; }

    /// <summary>The run level of a guest whose init is <see cref="InitStyle.SysV"/>.</summary>
    public int? RunLevel { get; init; }

    /// <summary>Environment of process 1.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Which network it is on: a name, None or Host.</summary>
    public string? Network { get; init; }

    /// <summary>Its addresses there; empty for free ones.</summary>
    public IReadOnlyList<string>? Address { get; init; }

    /// <summary>Ports of the host that lead to it; empty for none.</summary>
    public IReadOnlyList<string>? Publish { get; init; }

    /// <summary>What is mounted in it; empty for nothing.</summary>
    public IReadOnlyList<GuestMount>? Mount { get; init; }

    /// <summary>Whether it has no user namespace.</summary>
    public bool? Privileged { get; init; }

    /// <summary>What becomes of the delta at the end.</summary>
    public DeltaPolicy? Delta { get; init; }

    /// <summary>When it is started again after it ended by itself.</summary>
    public RestartPolicy? Restart { get; init; }

    /// <summary>How many restarts and reboots there may be within the period.</summary>
    public int? RestartLimit { get; init; }

    /// <summary>The period, in seconds.</summary>
    public int? RestartPeriodSec { get; init; }

    /// <summary>What a reboot or halt from inside does.</summary>
    public RebootPolicy? Reboot { get; init; }

    /// <summary>When many are started or stopped: those of a higher priority start earlier and stop later.</summary>
    public int? Priority { get; init; }

    /// <summary>How many bytes of memory it may take, swap included; 0 for no limit.</summary>
    public long? MemoryMax { get; init; }

    /// <summary>How many processes and threads it may have; 0 for no limit.</summary>
    public int? PidsMax { get; init; }

    /// <summary>How many processors it may use, such as 0.5 or 2; 0 for no limit.</summary>
    public double? CpuMax { get; init; }

    /// <summary>Its part of the disks' time beside others that ask for it, 1 to 1000 with 100 as everybody's; 0 to leave it so.</summary>
    public int? IOWeight { get; init; }

    /// <summary>The nice value of its processes, -20 to 19.</summary>
    public int? Nice { get; init; }

    /// <summary>True when a limit is among them.</summary>
    internal bool HasLimits => MemoryMax is not null || PidsMax is not null || CpuMax is not null || IOWeight is not null || Nice is not null;

    /// <summary>True when addresses or ports may have to be given or given back.</summary>
    internal bool TouchesNetwork => Network is not null || Address is not null || Publish is not null;

    /// <summary>A configuration with what is different, but for the addresses, which have to be chosen.</summary>
    internal virtual GuestConfig ApplyTo(GuestConfig config) => config with
    {
        Description = Description ?? config.Description,
        Init = Init ?? config.Init,
        Command = Command ?? config.Command,
        StopCommand = StopCommand ?? config.StopCommand,
        RunLevel = RunLevel ?? config.RunLevel,
        Environment = Environment ?? config.Environment,
        Network = Network is null ? config.Network : NetworkName.Normalize(Network),
        Publish = Publish ?? config.Publish,
        Mounts = Mount ?? config.Mounts,
        Privileged = Privileged ?? config.Privileged,
        Delta = Delta ?? config.Delta,
        Restart = Restart ?? config.Restart,
        RestartLimit = RestartLimit ?? config.RestartLimit,
        RestartPeriodSec = RestartPeriodSec ?? config.RestartPeriodSec,
        Reboot = Reboot ?? config.Reboot,
        Priority = Priority ?? config.Priority,
        MemoryMax = MemoryMax ?? config.MemoryMax,
        PidsMax = PidsMax ?? config.PidsMax,
        CpuMax = CpuMax ?? config.CpuMax,
        IOWeight = IOWeight ?? config.IOWeight,
        Nice = Nice ?? config.Nice,
    };
}
