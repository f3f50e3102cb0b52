using System.Text.RegularExpressions;
using Xunit;

namespace VServer.PowerShell.Tests;

/// <summary>docs/design/isolation.md names what proves each rule: none of it may be gone, and no attempt may be left out.</summary>
public sealed partial class IsolationPageTests
{
    private static readonly string Page = Repository.Read("docs/design/isolation.md");
    private static readonly string[] Attempts = [.. Files("native/attempts", "*.c").SelectMany(static text => Attempt().Matches(text)).Select(static match => match.Groups[1].Value), .. Tricks()];

    [Fact]
    public void Names_OfTests_AreThoseOfTests()
    {
        string[] named = [.. TestName().Matches(Page).Select(static match => match.Value).Distinct()];

        Assert.InRange(named.Length, 50, int.MaxValue);
        Assert.All(named, static name => Assert.True(IsTest(name), name));
    }

    [Fact]
    public void Names_OfPesterTests_AreThoseOfTests()
    {
        IReadOnlyList<Match> named = PesterName().Matches(Page);

        Assert.NotEmpty(named);
        Assert.All(named, static match => Assert.Contains($"It '{match.Groups[2].Value}'", Repository.Read($"tests/Pester/{match.Groups[1].Value}"), StringComparison.Ordinal));
    }

    [Fact]
    public void Attempts_Each_AreNamedByARule()
    {
        string[] named = [.. Rules().SelectMany(static rule => AttemptName().Matches(rule[^1])).Select(static match => match.Groups[1].Value).Distinct()];

        Assert.InRange(Attempts.Length, 45, int.MaxValue);
        Assert.Equal(Attempts.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rules_Each_NameWhatProvesThem() =>
        Assert.All(Rules(), static rule => Assert.Matches("`[^`]+`", rule[^1]));

    // Lines of those tables whose last column says so.
    private static IEnumerable<string[]> Rules() => Page.Split("\n\n")
        .SkipWhile(static part => !part.Contains("| proven by |", StringComparison.Ordinal))
        .Where(static part => part.Contains("| proven by |", StringComparison.Ordinal))
        .SelectMany(static part => part.Trim().Split('\n').Skip(2))
        .Select(static line => line.Trim('|', ' ').Split(" | "));

    private static bool IsTest(string name)
    {
        string[] parts = name.Split('.');
        return Files("", $"{parts[0]}.cs").Any(text => Regex.IsMatch(text, $@"(Fact|Theory|InlineData)[^\n]*\]\s+public (async )?\w+ {parts[1]}\("));
    }

    private static IEnumerable<string> Tricks() =>
        Trick().Match(Repository.Read("tests/native/attempts/compare.sh")).Groups[1].Value.Split(' ').Select(static trick => $"shared_{trick}");

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", folder), pattern, SearchOption.AllDirectories).Select(File.ReadAllText);

    [GeneratedRegex(@"\bATTEMPT\((\w+)\)[,\s]")]
    private static partial Regex Attempt();

    [GeneratedRegex(@"\w+Tests\.\w+_\w+")]
    private static partial Regex TestName();

    [GeneratedRegex(@"`([\w.-]+\.Tests\.ps1): ([^`]+)`")]
    private static partial Regex PesterName();

    [GeneratedRegex("`([a-z0-9_]+)`")]
    private static partial Regex AttemptName();

    [GeneratedRegex(@"^tricks=\(([^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex Trick();
}
