using System.Runtime.InteropServices;
using Xunit;
using Xunit.Abstractions;

namespace VServer.Crash.Tests;

/// <summary>Every piece of work, killed and failing wherever it changes something.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Scenario.All.Select(static scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Killed_AtAnyCall_LeavesOldOrNewAndTheNextRunReachesTheGoal(string name)
    {
        using Campaign campaign = new(Scenario.Find(name));
        campaign.Run(
            [.. Sites(campaign).Select(static site => $"kill {Middle(site)} {site.First().Mark}")],
            Shuffled(Enumerable.Range(1, campaign.Calls.Count).Select(static number => $"kill {number}")),
            Effort.Share(0.4));
        Judge(campaign, static fault => fault == "kill");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Killed_AtAnyInstant_LeavesOldOrNewAndTheNextRunReachesTheGoal(string name)
    {
        using Campaign campaign = new(Scenario.Find(name));
        List<string> instants = Shuffled(Enumerable.Range(0, Math.Max(500 / Scenario.All.Count, 1)).Select(part => $"wait {1000 + (part * campaign.Microseconds * 10 / 500)}"));
        campaign.Run([.. instants.Take(2)], [.. instants.Skip(2)], Effort.Share(0.15));
        Judge(campaign, null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Failing_AtAnyCall_LeavesOldOrNewAndTheNextRunReachesTheGoal(string name)
    {
        using Campaign campaign = new(Scenario.Find(name));
        List<IGrouping<string, Call>> sites = Sites(campaign);
        List<string> one = [.. sites.Select((site, index) => Fail(Faults.Errors[(index + Effort.Start) % Faults.Errors.Count], site))];
        List<string> all = Shuffled(sites.SelectMany(site => Faults.Errors.Select(error => Fail(error, site))).Except(one));
        campaign.Run(one, all, Effort.Share(0.45));
        Judge(campaign, static fault => fault != "kill");
    }

    private static string Fail((string Name, int Number, bool Lasts) error, IGrouping<string, Call> site) =>
        $"{(error.Lasts ? "failfrom" : "fail")} {Middle(site)} {error.Number} {site.First().Mark}";

    private static List<IGrouping<string, Call>> Sites(Campaign campaign) => [.. campaign.Calls.GroupBy(static call => call.Site)];

    // In the midst of the calls of one kind there is something done and something still to do.
    private static int Middle(IGrouping<string, Call> site) => (site.Count() + 1) / 2;

    private static List<string> Shuffled(IEnumerable<string> plans)
    {
        List<string> shuffled = [.. plans];
        new Random(1).Shuffle(CollectionsMarshal.AsSpan(shuffled));
        return shuffled;
    }

    private void Judge(Campaign campaign, Func<string, bool>? fault)
    {
        string table = campaign.Table();
        output.WriteLine(table);
        Effort.Publish(table);
        Assert.True(campaign.Failures.IsEmpty, $"{campaign.Failures.Count} of them:\n{string.Join("\n", campaign.Failures.Take(12))}");
        Assert.Empty(fault is null ? [] : campaign.Coverage.Missing(campaign.Calls, fault));
    }
}
