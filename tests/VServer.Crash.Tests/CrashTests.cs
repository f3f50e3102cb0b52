using Xunit;
using Xunit.Abstractions;

namespace VServer.Crash.Tests;

public sealed class CrashTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Scenario.All.Select(static scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Killed_AtAnyCall_LeavesOldOrNewAndTheNextRunReachesTheGoal(string name)
    {
        using Campaign campaign = new(Find(name));
        List<string> must = [.. Once(campaign.Calls).Select(static call => $"kill {call.Number}")];
        List<string> all = [.. Enumerable.Range(1, campaign.Calls.Count).Select(static number => $"kill {number}").Except(must)];
        Random random = new(1);
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(all));
        campaign.Run(must, all, Effort.Share(0.4));
        Tell(campaign, name);
        Assert.True(campaign.Failures.IsEmpty, $"{campaign.Failures.Count} of them:\n{string.Join("\n", campaign.Failures.Take(12))}");
        Assert.Empty(campaign.Coverage.Missing(campaign.Calls, static fault => fault == "kill"));
    }

    private void Tell(Campaign campaign, string name)
    {
        string table = campaign.Coverage.Table(name);
        output.WriteLine(table);
        Effort.Publish(table);
    }

    private static Scenario Find(string name) => Scenario.All.First(scenario => scenario.Name == name);

    // The last call of each kind: what was done before is the most there can be.
    private static IEnumerable<Call> Once(IEnumerable<Call> calls) => calls.GroupBy(static call => call.Site).Select(static group => group.Last());
}
