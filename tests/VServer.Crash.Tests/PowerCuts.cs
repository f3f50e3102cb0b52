namespace VServer.Crash.Tests;

/// <summary>
/// Does a piece of work on a disk whose file lies on a file system that shares blocks, takes copies of that file in its midst, and looks at
/// each as a machine would that lost its power at that instant and was started again.
/// </summary>
internal sealed class PowerCuts : IDisposable
{
    private readonly Scenario scenario;
    private readonly string type;
    private readonly Disk outer = new("xfs", 1024);
    private readonly Lane lane;
    private readonly Baseline baseline;

    /// <summary>Makes the store and does the work once, undisturbed.</summary>
    /// <param name="scenario">The work.</param>
    /// <param name="type">The disk's file system.</param>
    public PowerCuts(Scenario scenario, string type)
    {
        this.scenario = scenario;
        this.type = type;
        try
        {
            lane = new Lane(scenario, Programs.Worker, outer.Path, type);
            baseline = Baseline.Of(scenario, lane);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private string Copies => $"{outer.Path}/copies";

    /// <summary>Does the work under a plan of the tracer's, and gives what is wrong with some of the copies, evenly chosen, and how many those were.</summary>
    /// <param name="verb">What is done before each call: snap or commit.</param>
    /// <param name="where">Which calls.</param>
    /// <param name="every">A copy before each one of so many of them: between two that lie far apart nothing is forced to disk.</param>
    /// <param name="most">How many copies to look at.</param>
    public (int Count, IReadOnlyList<string> Wrong) Try(string verb, string where, int every, int most)
    {
        Directory.CreateDirectory(Copies);
        lane.Reset();
        Programs.Shell("sync -f .", lane.Place.Folder);
        Outcome outcome = lane.Attempt($"{verb} {Copies} {every} {where}".TrimEnd());
        List<string> wrong = outcome.Reply == "ok" ? [] : [$"{scenario}, {verb}: {outcome.End} {outcome.Reply}"];
        List<Call> chosen = [.. outcome.Hits.Where((_, index) => index * most / outcome.Hits.Count != (index - 1) * most / outcome.Hits.Count || index == 0)];
        chosen.Add(CutAtEnd(verb));
        foreach (Call call in chosen)
        {
            wrong.AddRange(Look(call).Select(what => $"{scenario} on {type}, {verb} before {call.Number} {call.Name} {call.Path}: {what}"));
        }

        Directory.Delete(Copies, recursive: true);
        return (chosen.Count, wrong);
    }

    public void Dispose()
    {
        lane?.Dispose();
        outer.Dispose();
    }

    // What was done last is judged too: nothing is flushed after it.
    private Call CutAtEnd(string verb)
    {
        Call end = new(0, "the end", "");
        string commit = verb == "commit" ? $": >> '{lane.Place.Folder}/store.other'; chmod 644 '{lane.Place.Folder}/store.other'; sync '{lane.Place.Folder}/store.other'; " : "";
        Programs.Shell($"{commit}cp --reflink=always '{lane.Image}' '{Copies}/{end.Number}'");
        return end;
    }

    private List<string> Look(Call call)
    {
        using Disk disk = Disk.After($"{Copies}/{call.Number}", type);
        Workplace place = new(scenario, disk.Path);
        try
        {
            return new Verdict(scenario, place, baseline, new Strictness(Sharing: !scenario.IsSharedByChance, FolderTimes: false)).Check();
        }
        catch (InvalidOperationException failure)
        {
            return [failure.Message];
        }
        finally
        {
            place.ForgetRuns();
        }
    }
}
