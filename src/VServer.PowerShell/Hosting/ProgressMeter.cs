using System.Diagnostics;
using System.Management.Automation;

namespace VServer.Hosting;

/// <summary>Shows how far a piece of work is, once it has taken longer than a second.</summary>
internal sealed class ProgressMeter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static int lastId;

    private readonly string activity;
    private readonly int id = Interlocked.Increment(ref lastId);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan next = Patience;
    private bool shown;

    // Boxed, so that the threads at work hand over a whole report without a lock.
    private object? latest;

    /// <summary>Makes a meter for work that is named so.</summary>
    public ProgressMeter(string activity) => this.activity = activity;

    /// <summary>Takes a report from any thread.</summary>
    public void Report(WorkProgress progress) => Volatile.Write(ref latest, progress);

    /// <summary>Shows the latest report when it is time to.</summary>
    public void Show(Cmdlet cmdlet)
    {
        if (clock.Elapsed < next || Volatile.Read(ref latest) is not WorkProgress progress)
        {
            return;
        }

        next = clock.Elapsed + Pace;
        shown = true;
        cmdlet.WriteProgress(Describe(progress));
    }

    /// <summary>Takes the bar away.</summary>
    public void Finish(Cmdlet cmdlet)
    {
        if (shown)
        {
            cmdlet.WriteProgress(new ProgressRecord(id, activity, "done") { RecordType = ProgressRecordType.Completed });
        }
    }

    // Work that moves no bytes has no rate.
    private static string Tell(WorkProgress progress, double seconds) => progress switch
    {
        { Bytes: > 0 } => $"{progress.Done:N0} done, {ByteSize.Format(progress.Bytes)}, {ByteSize.Format((long)(progress.Bytes / seconds))}/s",
        { Total: > 0 } => $"{progress.Done:N0} of {progress.Total:N0} done",
        _ => $"{progress.Done:N0} done",
    };

    private ProgressRecord Describe(WorkProgress progress)
    {
        double seconds = clock.Elapsed.TotalSeconds;
        ProgressRecord record = new(id, activity, Tell(progress, seconds));
        if (progress.Current.ToString() is { Length: > 0 } current)
        {
            record.CurrentOperation = current;
        }

        if (progress.Total > 0 && progress.Done > 0)
        {
            double part = Math.Min(1, (double)progress.Done / progress.Total);
            record.PercentComplete = (int)(part * 100);
            record.SecondsRemaining = (int)Math.Min(int.MaxValue, seconds * (1 - part) / part);
        }

        return record;
    }
}
