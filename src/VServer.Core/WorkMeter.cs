namespace VServer;

/// <summary>Adds up what several threads have done and tells it.</summary>
internal sealed class WorkMeter(Action<WorkProgress>? tell, long total)
{
    private long done;
    private long bytes;

    public void Add(long units, long size, UnixPath current)
    {
        long doneNow = Interlocked.Add(ref done, units);
        long bytesNow = Interlocked.Add(ref bytes, size);
        tell?.Invoke(new WorkProgress(doneNow, total, bytesNow, current));
    }
}
