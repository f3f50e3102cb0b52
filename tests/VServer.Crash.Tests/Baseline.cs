using System.Diagnostics;

namespace VServer.Crash.Tests;

/// <summary>A piece of work done once, undisturbed, to know what it should come to.</summary>
internal sealed class Baseline
{
    private Baseline(string before, IReadOnlyList<Call> calls, int microseconds, StoreState done) =>
        (Before, Calls, Microseconds, Done) = (before, calls, microseconds, done);

    /// <summary>What guests see that must look the same at any instant.</summary>
    public string Before { get; }

    /// <summary>The calls that changed something.</summary>
    public IReadOnlyList<Call> Calls { get; }

    /// <summary>How long it took.</summary>
    public int Microseconds { get; }

    /// <summary>Everything there is afterwards.</summary>
    public StoreState Done { get; }

    /// <summary>Does the work.</summary>
    /// <param name="scenario">The work.</param>
    /// <param name="lane">Where.</param>
    /// <param name="listing">Whose calls are wanted: list or others.</param>
    public static Baseline Of(Scenario scenario, Lane lane, string listing = "list")
    {
        string before = lane.Place.Look().Seen(scenario.IsUntouched);
        Stopwatch clock = Stopwatch.StartNew();
        Outcome clean = lane.Attempt(listing);
        if (clean.Reply != "ok")
        {
            throw new InvalidOperationException($"{scenario}: {clean.End} {clean.Reply}");
        }

        int microseconds = (int)clock.Elapsed.TotalMicroseconds;
        return new Baseline(before, clean.Calls, microseconds, lane.Place.Look());
    }
}
