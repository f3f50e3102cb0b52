namespace VServer;

/// <summary>A virtual server, as it was when asked for.</summary>
public sealed record Guest
{
    /// <summary>Its name, unique in its store.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the store.</summary>
    public required string Store { get; init; }

    /// <summary>Absolute path of its tree.</summary>
    public required string Path { get; init; }

    /// <summary>What it is doing.</summary>
    public GuestState State { get; init; }

    /// <summary>The host name seen inside.</summary>
    public string HostName { get; init; } = "";

    /// <summary>What it is for, in its admin's words.</summary>
    public string Description { get; init; } = "";

    /// <summary>What it was made from, if anything.</summary>
    public string? Reference { get; init; }

    /// <summary>Who it may share inodes with.</summary>
    public string TrustGroup { get; init; } = "";

    /// <summary>First host id of its block of 65,536.</summary>
    public uint IdBase { get; init; }

    /// <summary>True for a guest without a user namespace.</summary>
    public bool Privileged { get; init; }

    /// <summary>Which network it is on: a name, None for loopback alone, or Host for the host's own, without isolation.</summary>
    public string Network { get; init; } = "";

    /// <summary>Its addresses there. Arrays have a method Address, which a property of that name would be taken for.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Ports of the host that lead to it, as <c>HOST:GUEST/PROTOCOL</c>.</summary>
    public IReadOnlyList<string> Publish { get; init; } = [];

    /// <summary>What is mounted in it whenever it is started.</summary>
    public IReadOnlyList<GuestMount> Mounts { get; init; } = [];

    /// <summary>What is its process 1.</summary>
    public InitStyle Init { get; init; }

    /// <summary>When it is started again after it ended by itself.</summary>
    public RestartPolicy Restart { get; init; }

    /// <summary>What a reboot or halt from inside does.</summary>
    public RebootPolicy Reboot { get; init; }

    /// <summary>How often it was started again since it was started.</summary>
    public int Restarts { get; init; }

    /// <summary>Why it is degraded or has failed; null when all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>Guests of a higher priority start earlier and stop later.</summary>
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

    /// <summary>What it takes of the host now; null when that was not asked for, or it does not run.</summary>
    public GuestUsage? Usage { get; init; }

    /// <summary>Process id on the host of its process 1; null when stopped.</summary>
    public int? ProcessId { get; init; }

    /// <summary>When it was started; null when stopped.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>True when it has changes that are not folded into its tree yet.</summary>
    public bool HasDelta { get; init; }

    /// <summary>How many files are in its delta, removals among them; null when that was not asked for.</summary>
    public long? DeltaFiles { get; init; }

    /// <summary>Bytes on disk of its delta; null when that was not asked for.</summary>
    public long? DeltaBytes { get; init; }

    /// <summary>How many requests to share files wait for its next start.</summary>
    public int Queued { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }
}
