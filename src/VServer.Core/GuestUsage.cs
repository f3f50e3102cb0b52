namespace VServer;

/// <summary>What a running guest takes of the host, and may take, as the kernel says; null for what the kernel does not count.</summary>
public sealed record GuestUsage
{
    /// <summary>Bytes of memory, page cache included.</summary>
    public long? MemoryCurrent { get; init; }

    /// <summary>The most there have been.</summary>
    public long? MemoryPeak { get; init; }

    /// <summary>How many there may be; null also for no limit.</summary>
    public long? MemoryMax { get; init; }

    /// <summary>How many processes were killed since there was no memory for them.</summary>
    public long? OomKills { get; init; }

    /// <summary>Processes and threads.</summary>
    public long? PidsCurrent { get; init; }

    /// <summary>How many there may be; null also for no limit.</summary>
    public long? PidsMax { get; init; }

    /// <summary>Processor time used, of all processors together.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>How many processors it may use; null also for no limit.</summary>
    public double? CpuMax { get; init; }

    /// <summary>In how many periods of a tenth of a second it was held back.</summary>
    public long? Throttled { get; init; }

    /// <summary>How long it was held back, of all processors together.</summary>
    public TimeSpan? ThrottledTime { get; init; }
}
