using System.Globalization;

namespace VServer.Linux.Helper;

/// <summary>A process, told apart from a later one with the same id.</summary>
/// <param name="Id">Its process id.</param>
/// <param name="StartTicks">When it was started, in ticks of a hundredth of a second since boot.</param>
internal readonly record struct ProcessMark(int Id, ulong StartTicks)
{
    /// <summary>USER_HZ, which Linux has promised to programs for good.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>PF_EXITING: it was killed and is only waiting for those in its pid namespace to die, which what is frozen may never do.</summary>
    private const uint Exiting = 0x4;

    /// <summary>True while this very process lives; one that is ending or only waits to be reaped does not.</summary>
    public bool IsAlive()
    {
        string? stat = ReadStat();
        if (stat is null)
        {
            return false;
        }

        // The name in the second field may hold blanks and parentheses, so fields are counted from its end: 3 is the state, 9 the flags, 22 the start.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is not ("Z" or "X")
            && (uint.Parse(fields[6], CultureInfo.InvariantCulture) & Exiting) == 0
            && ulong.Parse(fields[19], CultureInfo.InvariantCulture) == StartTicks;
    }

    /// <summary>When it was started.</summary>
    public DateTimeOffset GetStarted()
    {
        double uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
        return DateTimeOffset.UtcNow - TimeSpan.FromSeconds(uptime - (StartTicks / TicksPerSecond));
    }

    private string? ReadStat()
    {
        try
        {
            return Id > 0 ? File.ReadAllText($"/proc/{Id}/stat") : null;
        }
        catch (IOException)
        {
            // ENOENT before it is opened, ESRCH after.
            return null;
        }
    }
}
