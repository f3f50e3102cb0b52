using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace VServer.Crash.Tests;

/// <summary>Counts which calls at which places met which faults.</summary>
internal sealed class Coverage
{
    private readonly ConcurrentDictionary<(string Site, string Fault), int> hits = new();
    private int attempts;

    /// <summary>Counts an attempt.</summary>
    public void Add(string plan, Outcome outcome)
    {
        Interlocked.Increment(ref attempts);
        string fault = plan.Split(' ') switch
        {
            ["kill" or "slay", ..] => "kill",
            ["wait" or "slaywait", ..] => "any instant",
            [_, _, { } error, ..] => Faults.NameOf(error),
            _ => plan,
        };
        foreach (Call call in outcome.Hits)
        {
            hits.AddOrUpdate((call.Site, fault), 1, static (_, count) => count + 1);
        }

        if (outcome.IsKilled && outcome.Hits.Count == 0)
        {
            hits.AddOrUpdate(("any", fault), 1, static (_, count) => count + 1);
        }
    }

    /// <summary>Sites that a fault never met.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<Call> calls, Func<string, bool> fault) =>
        [.. calls.Select(call => call.Site).Distinct().Where(site => !hits.Keys.Any(key => key.Site == site && fault(key.Fault)))];

    /// <summary>The table: a line for each site, with how often each fault met it.</summary>
    public string Table(string scenario)
    {
        string[] faults = [.. hits.Keys.Select(key => key.Fault).Distinct().Order(StringComparer.Ordinal)];
        StringBuilder table = new();
        table.AppendLine(CultureInfo.InvariantCulture, $"### {scenario}: {attempts} attempts").AppendLine();
        table.AppendLine(CultureInfo.InvariantCulture, $"| call and place | {string.Join(" | ", faults)} |");
        table.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(Enumerable.Repeat("---|", faults.Length))}");
        foreach (string site in hits.Keys.Select(key => key.Site).Distinct().Order(StringComparer.Ordinal))
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {site} | {string.Join(" | ", faults.Select(fault => hits.GetValueOrDefault((site, fault))))} |");
        }

        return table.AppendLine().ToString();
    }
}
