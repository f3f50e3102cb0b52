using System.Globalization;
using VServer.Ports;

namespace VServer.Linux.Helper;

/// <summary>Reads what the kernel counts of a guest: in version 2's folder where that has the controller, else in version 1's.</summary>
internal static class CgroupReader
{
    private const string Hierarchies = "/sys/fs/cgroup";

    /// <summary>Version 1's word for no limit of memory: the largest number of whole pages.</summary>
    private const long NoLimit = long.MaxValue - (1024 * 1024);

    /// <summary>What a guest takes, from its own cgroup and those of version 1 beside it.</summary>
    /// <param name="place">The guest.</param>
    /// <param name="own">Absolute path of its cgroup; null where it has none.</param>
    public static GuestUsage Read(GuestPlace place, string? own)
    {
        string below = $"vserver/{Path.GetFileName(Path.GetDirectoryName(place.Run))}/{place.Name}";
        string memory = $"{Hierarchies}/memory/{below}";
        string pids = $"{Hierarchies}/pids/{below}";
        string cpu = $"{Hierarchies}/cpu/{below}";
        return new GuestUsage
        {
            MemoryCurrent = Number(own, "memory.current") ?? Number(memory, "memory.usage_in_bytes"),
            MemoryPeak = Number(own, "memory.peak") ?? Number(memory, "memory.max_usage_in_bytes"),
            MemoryMax = (Number(own, "memory.max") ?? Number(memory, "memory.limit_in_bytes")) is < NoLimit and var limit ? limit : null,
            OomKills = Field(own, "memory.events", "oom_kill") ?? Field(memory, "memory.oom_control", "oom_kill"),
            PidsCurrent = Number(own, "pids.current") ?? Number(pids, "pids.current"),
            PidsMax = Number(own, "pids.max") ?? Number(pids, "pids.max"),
            CpuTime = Microseconds(Field(own, "cpu.stat", "usage_usec")) ?? Nanoseconds(Number(cpu, "cpuacct.usage")),
            CpuMax = Processors(Text(own, "cpu.max")) ?? Processors($"{Text(cpu, "cpu.cfs_quota_us")} {Text(cpu, "cpu.cfs_period_us")}"),
            Throttled = Field(own, "cpu.stat", "nr_throttled") ?? Field(cpu, "cpu.stat", "nr_throttled"),
            ThrottledTime = Microseconds(Field(own, "cpu.stat", "throttled_usec")) ?? Nanoseconds(Field(cpu, "cpu.stat", "throttled_time")),
        };
    }

    private static TimeSpan? Microseconds(long? count) => count is { } known ? TimeSpan.FromMicroseconds(known) : null;

    private static TimeSpan? Nanoseconds(long? count) => Microseconds(count / 1000);

    // "QUOTA PERIOD", where the quota is "max" or below zero for none.
    private static double? Processors(string? text) => text?.Split(' ') is [string quota, string period] && Parse(quota) is > 0 and var time && Parse(period) is > 0 and var all
        ? (double)time / all
        : null;

    private static long? Field(string? folder, string file, string name) => Text(folder, file)?.Split('\n')
        .Select(static line => line.Split(' '))
        .Where(words => words.Length == 2 && words[0] == name)
        .Select(static words => Parse(words[1]))
        .FirstOrDefault();

    private static long? Number(string? folder, string file) => Parse(Text(folder, file));

    private static long? Parse(string? text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static string? Text(string? folder, string file)
    {
        try
        {
            return folder is null ? null : File.ReadAllText(Path.Combine(folder, file)).Trim();
        }
        catch (IOException)
        {
            // Of the other version, of a controller that the guest is not in, or gone with the guest.
            return null;
        }
    }
}
