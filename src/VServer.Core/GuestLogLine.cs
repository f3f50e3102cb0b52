namespace VServer;

/// <summary>A line that process 1 of a guest, or what it started, wrote to its console.</summary>
/// <param name="Guest">The guest.</param>
/// <param name="Line">The line, without its newline.</param>
public sealed record GuestLogLine(string Guest, string Line)
{
    /// <summary>The line.</summary>
    public override string ToString() => Line;
}
