using Xunit;
using Xunit.Abstractions;

namespace VServer.Crash.Tests;

/// <summary>Every piece of work, with the power lost in its midst.</summary>
public sealed class PowerLossTests(ITestOutputHelper output)
{
    private const int Few = 3;

    public static TheoryData<string> Names => [.. Scenario.All.Where(static scenario => scenario.Also.Length == 0).Select(static scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Work_WhosePowerIsLost_LeavesOldOrNewAndTheNextRunReachesTheGoal(string name) => Cut(name, "ext4");

    [Theory]
    [MemberData(nameof(Names))]
    public void Work_WhosePowerIsLostOnXfs_LeavesOldOrNewAndTheNextRunReachesTheGoal(string name) => Cut(name, "xfs");

    [BtrfsTheory]
    [MemberData(nameof(Names))]
    public void Work_WhosePowerIsLostOnBtrfs_LeavesOldOrNewAndTheNextRunReachesTheGoal(string name) => Cut(name, "btrfs");

    private void Cut(string name, string type)
    {
        Scenario scenario = Scenario.Find(name);
        using PowerCuts cuts = new(scenario, type);
        int most = Effort.IsFull ? int.MaxValue / 1024 : Few;

        // What was written so far; the file system's journal forced anywhere; and between names put in place, where data matters most.
        int[] apart = scenario.Placing is null ? [] : Effort.IsFull ? [1, 2, 3, 5, 8] : [4];
        (int Count, IReadOnlyList<string> Wrong)[] all =
            [cuts.Try("snap", "", 1, most), cuts.Try("commit", "", 1, most), .. apart.Select(every => cuts.Try("commit", $"at {scenario.Placing} /", every, most))];

        output.WriteLine($"{all.Sum(static part => part.Count)} copies of the disk");
        string[] wrong = [.. all.SelectMany(static part => part.Wrong)];
        Assert.True(wrong.Length == 0, $"{wrong.Length} of them:\n{string.Join("\n", wrong.Take(12))}");
        Assert.All(all.Take(2), static part => Assert.NotEqual(1, part.Count));
        Assert.True(scenario.Placing is null || all.Skip(2).Any(static part => part.Count > 1));
    }
}
