using Xunit;
using Xunit.Abstractions;

namespace VServer.Crash.Tests;

/// <summary>Every piece of work that puts files in place of others, with the power lost in its midst.</summary>
public sealed class PowerLossTests(ITestOutputHelper output)
{
    private const int Few = 3;

    [Theory]
    [InlineData("unify")]
    [InlineData("unify-sealed")]
    [InlineData("undo")]
    [InlineData("undo-sealed")]
    [InlineData("copy")]
    public void Work_WhosePowerIsLost_LeavesOldOrNewAndTheNextRunReachesTheGoal(string name)
    {
        using PowerCuts cuts = new(Scenario.Find(name));
        int most = Effort.IsFull ? int.MaxValue / 1024 : Few;

        // What was written so far; the file system's journal forced anywhere; and between names put in place, where data matters most.
        string placing = name == "copy" ? "at linkat /" : "at renameat /";
        int[] apart = Effort.IsFull ? [1, 2, 3, 5, 8] : [4];
        (int Count, IReadOnlyList<string> Wrong)[] all =
            [cuts.Try("snap", "", 1, most), cuts.Try("commit", "", 1, most), .. apart.Select(every => cuts.Try("commit", placing, every, most))];

        output.WriteLine($"{all.Sum(static part => part.Count)} copies of the disk");
        string[] wrong = [.. all.SelectMany(static part => part.Wrong)];
        Assert.True(wrong.Length == 0, $"{wrong.Length} of them:\n{string.Join("\n", wrong.Take(12))}");
        Assert.All(all, static part => Assert.NotEqual(0, part.Count));
    }
}
