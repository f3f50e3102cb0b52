using System.Text.RegularExpressions;

namespace VServer.Crash.Tests;

/// <summary>A system call that changes something, as the tracer told of it.</summary>
/// <param name="Number">Its place in the run.</param>
/// <param name="Name">The call.</param>
/// <param name="Path">What it was done to.</param>
internal sealed partial record Call(int Number, string Name, string Path)
{
    /// <summary>The call and where in a store it was made: what coverage is counted by.</summary>
    public string Site => $"{Name} {Place.Area}";

    /// <summary>What the tracer knows such a call by, as it need not be the same one of the run when threads take turns otherwise.</summary>
    public string Mark => $"at {Name} {Place.Part}";

    private (string Area, string Part) Place => Path switch
    {
        _ when Path.StartsWith("/run/", StringComparison.Ordinal) => ("run", "/run/"),
        _ when Path.EndsWith(".journal", StringComparison.Ordinal) => ("journal", ".journal"),
        _ when Path.Contains(".staging", StringComparison.Ordinal) => ("staging", ".staging"),
        _ when Path.Contains("/.vserver/delta", StringComparison.Ordinal) => ("delta", "/.vserver/delta"),
        _ when Path.Contains("/.vserver/", StringComparison.Ordinal) => ("host's files", "/.vserver/"),
        _ when Temporary().IsMatch(Path) => ("temporary", "/.vs-"),
        _ when Tree().Match(Path) is { Success: true } tree => tree.Groups["below"].Success
            ? ($"in {tree.Groups["name"]}", $"/store/{tree.Groups["name"]}/")
            : ($"top of {tree.Groups["name"]}", $"/store/{tree.Groups["name"]}$"),
        _ => ("store", "/"),
    };

    [GeneratedRegex(@"/\.vs-[0-9a-f]+-\d+$")]
    private static partial Regex Temporary();

    [GeneratedRegex("/store/(?<name>[a-z]+)(?<below>/)?")]
    private static partial Regex Tree();
}
