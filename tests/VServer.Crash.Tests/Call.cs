using System.Text.RegularExpressions;

namespace VServer.Crash.Tests;

/// <summary>A system call that changes something, as the tracer told of it.</summary>
/// <param name="Number">Its place in the run.</param>
/// <param name="Name">The call.</param>
/// <param name="Path">What it was done to.</param>
internal sealed partial record Call(int Number, string Name, string Path)
{
    /// <summary>The call and where in a store it was made: what coverage is counted by.</summary>
    public string Site => $"{Name} {Area}";

    private string Area => Path switch
    {
        _ when Path.StartsWith("/run/", StringComparison.Ordinal) => "run",
        _ when Path.EndsWith(".journal", StringComparison.Ordinal) => "journal",
        _ when Path.Contains(".staging", StringComparison.Ordinal) => "staging",
        _ when Path.Contains("/.vserver/delta", StringComparison.Ordinal) => "delta",
        _ when Path.Contains("/.vserver/", StringComparison.Ordinal) => "host's files",
        _ when Temporary().IsMatch(Path) => "temporary",
        _ when Tree().Match(Path) is { Success: true } tree => tree.Groups["below"].Success ? $"in {tree.Groups["name"]}" : $"top of {tree.Groups["name"]}",
        _ => "store",
    };

    [GeneratedRegex(@"/\.vs-[0-9a-f]+-\d+$")]
    private static partial Regex Temporary();

    [GeneratedRegex("/store/(?<name>[a-z]+)(?<below>/)?")]
    private static partial Regex Tree();
}
