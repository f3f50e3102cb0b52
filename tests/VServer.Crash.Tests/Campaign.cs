using System.Collections.Concurrent;
using System.Diagnostics;

namespace VServer.Crash.Tests;

/// <summary>Breaks one piece of work off again and again, and looks each time whether everything is as it may be.</summary>
internal sealed class Campaign : IDisposable
{
    private const int MostRetries = 10;

    private readonly Scenario scenario;
    private readonly Func<string, string[]> program;
    private readonly ConcurrentBag<Lane> lanes = [];
    private readonly Baseline baseline;

    /// <summary>Makes the store and does the work once, undisturbed, to know what it should come to.</summary>
    /// <param name="scenario">The work.</param>
    /// <param name="program">What does it, for a store.</param>
    /// <param name="listing">Whose calls are wanted: list or others.</param>
    public Campaign(Scenario scenario, Func<string, string[]> program, string listing = "list")
    {
        this.scenario = scenario;
        this.program = program;
        Lane lane = new(scenario, program);
        lanes.Add(lane);
        baseline = Baseline.Of(scenario, lane, listing);
        Sites = [.. Calls.GroupBy(static call => call.Site)];
    }

    /// <summary>The calls of the undisturbed run.</summary>
    public IReadOnlyList<Call> Calls => baseline.Calls;

    /// <summary>The same by the call and where it was made.</summary>
    public IReadOnlyList<IGrouping<string, Call>> Sites { get; }

    /// <summary>How long it took.</summary>
    public int Microseconds => baseline.Microseconds;

    private Coverage Coverage { get; } = new();

    /// <summary>What was wrong after which fault.</summary>
    public ConcurrentBag<string> Failures { get; } = [];

    /// <summary>Tries plans in turn, several at a time, until the time is over; those that must be are tried in any event.</summary>
    public void Run(IReadOnlyList<string> must, IReadOnlyList<string> may, TimeSpan time)
    {
        Stopwatch clock = Stopwatch.StartNew();
        ParallelOptions two = new() { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 4) };
        Parallel.ForEach(must, two, Try);
        Parallel.ForEach(may, two, (plan, state) =>
        {
            if (clock.Elapsed > time)
            {
                state.Stop();
            }
            else
            {
                Try(plan);
            }
        });
    }

    /// <summary>Sites that were never hit.</summary>
    public IReadOnlyList<string> Missing(bool isKill) => Coverage.Missing(Calls, fault => (fault == "kill") == isKill);

    /// <summary>Tries sites that were missed, since threads took turns otherwise, by other calls of theirs.</summary>
    public void Complete(bool isKill, Func<Call, string> plan)
    {
        foreach (string site in Missing(isKill))
        {
            foreach (Call call in Sites.First(calls => calls.Key == site).Take(MostRetries).TakeWhile(_ => Missing(isKill).Contains(site)))
            {
                Try(plan(call));
            }
        }
    }

    /// <summary>What was covered.</summary>
    public string Table(string by = "") => Coverage.Table(scenario.Name + by);

    public void Dispose()
    {
        foreach (Lane lane in lanes)
        {
            lane.Dispose();
        }
    }

    private void Try(string plan)
    {
        if (!lanes.TryTake(out Lane? lane))
        {
            lane = new Lane(scenario, program);
        }

        try
        {
            lane.Reset();
            Outcome outcome = lane.Attempt(plan);
            Coverage.Add(plan, outcome);
            Strictness strictness = new(Sharing: !scenario.IsSharedByChance && !Faults.StartsAnotherGeneration(plan), FolderTimes: true);
            new Verdict(scenario, lane.Place, baseline, strictness).Check(outcome).ForEach(what => Failures.Add($"{scenario}, {plan}, {Hit(outcome)}: {what}"));
        }
        catch (InvalidOperationException failure)
        {
            Failures.Add($"{scenario}, {plan}: {failure.Message}");
        }
        finally
        {
            lanes.Add(lane);
        }
    }

    private static string Hit(Outcome outcome) => outcome.Hits is [{ } first, ..] ? $"{first.Name} {first.Path}" : "no call";
}
