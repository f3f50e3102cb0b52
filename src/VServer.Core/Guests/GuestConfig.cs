using System.Text.Json;
using System.Text.Json.Serialization;
using VServer.Networks;

namespace VServer.Guests;

/// <summary>What the host knows of a guest, as kept in <c>.vserver/guests/NAME.json</c>. Keys this version does not know are kept.</summary>
// Settable where there is a default: the serializer forgets the defaults of what can only be initialized.
public sealed record GuestConfig
{
    /// <summary>The guest's name; the file name says the same.</summary>
    public required string Name { get; init; }

    /// <summary>True until the guest's tree is complete.</summary>
    public bool Incomplete { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>What it is for, in its admin's words.</summary>
    public string Description { get; set; } = "";

    /// <summary>The template or guest it was made from, if any.</summary>
    public string? Reference { get; init; }

    /// <summary>Guests of one trust group may share inodes.</summary>
    public string TrustGroup { get; set; } = "default";

    /// <summary>The host name seen inside.</summary>
    public required string HostName { get; init; }

    /// <summary>First host id of the guest's block of 65,536, chosen once.</summary>
    public uint IdBase { get; init; }

    /// <summary>True for a guest without a user namespace: its root is the host's root.</summary>
    public bool Privileged { get; init; }

    /// <summary>What is process 1.</summary>
    public InitStyle Init { get; init; }

    /// <summary>The guest's own program and arguments; empty for none.</summary>
    public IReadOnlyList<string> Command { get; set; } = [];

    /// <summary>Environment of process 1.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>();

    /// <summary>Which network it is on: a name, <see cref="NetworkName.None"/> or <see cref="NetworkName.Host"/>.</summary>
    public string Network { get; set; } = NetworkName.None;

    /// <summary>Its addresses on a network that was made.</summary>
    public IReadOnlyList<string> Addresses { get; set; } = [];

    /// <summary>Ports of the host that lead to it, as <c>HOST:GUEST/PROTOCOL</c>.</summary>
    public IReadOnlyList<string> Publish { get; set; } = [];

    /// <summary>What is mounted in it whenever it is started, those above others first.</summary>
    public IReadOnlyList<GuestMount> Mounts { get; set; } = [];

    /// <summary>What becomes of the delta at the end.</summary>
    public DeltaPolicy Delta { get; init; }

    /// <summary>Run by the built-in process 1 when the guest is asked to end, before everything in it is: a program and its arguments.</summary>
    public IReadOnlyList<string> StopCommand { get; set; } = [];

    /// <summary>The run level of a guest whose init is <see cref="InitStyle.SysV"/>.</summary>
    public int RunLevel { get; set; } = 3;

    /// <summary>When it is started again after it ended by itself.</summary>
    public RestartPolicy Restart { get; init; }

    /// <summary>How many restarts and reboots there may be within the period; one more, and it stays stopped.</summary>
    public int RestartLimit { get; set; } = 5;

    /// <summary>The period, in seconds.</summary>
    public int RestartPeriodSec { get; set; } = 60;

    /// <summary>What a reboot or halt from inside does.</summary>
    public RebootPolicy Reboot { get; init; }

    /// <summary>When many are started or stopped: those of a higher priority start earlier and stop later.</summary>
    public int Priority { get; init; }

    /// <summary>How many bytes of memory it may take, swap included; 0 for no limit.</summary>
    public long MemoryMax { get; init; }

    /// <summary>How many processes and threads it may have; 0 for no limit.</summary>
    public int PidsMax { get; init; }

    /// <summary>How many processors it may use, such as 0.5 or 2; 0 for no limit.</summary>
    public double CpuMax { get; init; }

    /// <summary>Its part of the disks' time beside others that ask for it, 1 to 1000 with 100 as everybody's; 0 to leave it so.</summary>
    public int IOWeight { get; init; }

    /// <summary>The nice value of its processes, -20 to 19.</summary>
    public int Nice { get; init; }

    /// <summary>Paths never shared for this guest, beyond the built-in rules.</summary>
    public IReadOnlyList<string> Exclude { get; set; } = [];

    /// <summary>True for a guest whose files are never links to other guests' inodes; where the file system can, they share bytes on disk.</summary>
    public bool SeparateInodes { get; init; }

    /// <summary>What this version does not know. Settable, since the serializer cannot give it to a constructor.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Unknown { get; set; } = new Dictionary<string, JsonElement>();
}
