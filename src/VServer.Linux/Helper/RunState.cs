namespace VServer.Linux.Helper;

/// <summary>What a guest's monitor wrote of it; the kernel is asked before any of it is believed.</summary>
/// <param name="Monitor">The monitor.</param>
/// <param name="Init">Process 1.</param>
/// <param name="Cgroup">Absolute path of its cgroup; null where it has none.</param>
internal sealed record RunState(ProcessMark Monitor, ProcessMark Init, string? Cgroup)
{
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
