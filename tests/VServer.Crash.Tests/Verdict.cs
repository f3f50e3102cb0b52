using VServer.Guests;

namespace VServer.Crash.Tests;

/// <summary>What must hold after a fault, and after the run that follows it.</summary>
internal sealed class Verdict(Scenario scenario, Workplace place, Baseline baseline, Strictness strictness)
{
    private readonly string goal = baseline.Done.Whole(scenario, strictness);
    private readonly List<string> wrong = [];

    /// <summary>Looks, lets the work be done again, and looks again; gives what is wrong.</summary>
    public List<string> Check(Outcome outcome)
    {
        if (outcome.End == "#exit" || (!outcome.IsKilled && outcome.Reply is null))
        {
            wrong.Add($"the worker ended by itself: {outcome.Reply}");
        }

        return Check();
    }

    /// <summary>The same where no worker is left to be asked.</summary>
    public List<string> Check()
    {
        Compare("after the fault", baseline.Before, place.Look().Seen(scenario.IsUntouched));
        CheckTarget();
        place.Repeat();
        StoreState after = place.Look();
        Compare("after the run that followed", goal, after.Whole(scenario, strictness));
        if (after.HostFiles.Count > 0)
        {
            wrong.Add($"left behind: {string.Join(", ", after.HostFiles)}");
        }

        if (scenario.Name == "run" && place.Remains() is { Length: > 0 } remains)
        {
            wrong.Add($"still there: {remains.ReplaceLineEndings(" ")}");
        }

        return wrong;
    }

    // A guest is there and whole, or marked, or not there at all.
    private void CheckTarget()
    {
        if (scenario.Target is not { } target)
        {
            return;
        }

        GuestConfig? config = place.TargetConfig();
        bool hasTree = Directory.Exists($"{place.Folder}/store/{target}");
        if (config is null && hasTree)
        {
            wrong.Add("there is a tree and no configuration");
        }

        if (config is { Incomplete: false } && hasTree && scenario.Again is not null)
        {
            Compare("of a guest that is not marked", goal, place.Look().Whole(scenario, strictness));
        }

        if (scenario.Name == "adopt" && !hasTree && !Directory.Exists($"{place.Folder}/adopted/tree"))
        {
            wrong.Add("the adopted tree is nowhere");
        }
    }

    private void Compare(string when, string expected, string actual)
    {
        if (expected == actual)
        {
            return;
        }

        string[] left = expected.Split('\n');
        string[] right = actual.Split('\n');
        wrong.Add($"{when}:\n    {string.Join("\n    ", left.Except(right).Take(4).Select(static line => $"- {line}").Concat(right.Except(left).Take(4).Select(static line => $"+ {line}")))}");
    }
}
