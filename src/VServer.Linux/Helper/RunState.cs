using VServer.Ports;

namespace VServer.Linux.Helper;

/// <summary>What a guest's monitor wrote of it; the kernel is asked before any of it is believed.</summary>
/// <param name="Monitor">The monitor.</param>
/// <param name="Init">Process 1.</param>
internal sealed record RunState(ProcessMark Monitor, ProcessMark Init)
{
    /// <summary>Absolute path of its cgroup; null where it has none.</summary>
    public string? Cgroup { get; init; }

    /// <summary>How often the monitor has started it again.</summary>
    public int Restarts { get; init; }

    /// <summary>How the program that the built-in process 1 had started ended; null while it runs.</summary>
    public ProgramEnd? Command { get; init; }

    /// <summary>True while all that is in the cgroup is frozen.</summary>
    public bool IsFrozen() => Read("cgroup.events")?.Contains("frozen 1", StringComparison.Ordinal) ?? Read("freezer.state") == "FROZEN\n";

    private string? Read(string file)
    {
        try
        {
            return Cgroup is null ? null : File.ReadAllText(Path.Combine(Cgroup, file));
        }
        catch (IOException)
        {
            // Of the other version, or gone with the guest.
            return null;
        }
    }
}
