namespace VServer.Unify;

/// <summary>What happened to one guest's files, counted by one thread and added up at the end.</summary>
internal sealed class GuestTally
{
    private readonly long[] skipped = new long[Enum.GetValues<SkipReason>().Length];

    public long Linked { get; private set; }

    public long LinkedBytes { get; private set; }

    public long Reflinked { get; private set; }

    public long ReflinkedBytes { get; private set; }

    public long SavedBytes { get; private set; }

    public long AlreadyShared { get; private set; }

    public long AlreadySharedBytes { get; private set; }

    public IReadOnlyDictionary<SkipReason, long> Skipped =>
        Enum.GetValues<SkipReason>().Where(reason => skipped[(int)reason] > 0).ToDictionary(reason => reason, reason => skipped[(int)reason]);

    /// <summary>Adds up what several threads have counted.</summary>
    public static GuestTally Sum(IEnumerable<GuestTally> parts)
    {
        GuestTally sum = new();
        foreach (GuestTally part in parts)
        {
            sum.Add(part);
        }

        return sum;
    }

    public void CountLinked(long size, long saved)
    {
        Linked++;
        LinkedBytes += size;
        SavedBytes += saved;
    }

    public void CountReflinked(long size, long saved)
    {
        Reflinked++;
        ReflinkedBytes += size;
        SavedBytes += saved;
    }

    public void CountSaved(long saved) => SavedBytes += saved;

    public void CountShared(long size)
    {
        AlreadyShared++;
        AlreadySharedBytes += size;
    }

    public void CountSkipped(SkipReason reason) => skipped[(int)reason]++;

    private void Add(GuestTally other)
    {
        Linked += other.Linked;
        LinkedBytes += other.LinkedBytes;
        Reflinked += other.Reflinked;
        ReflinkedBytes += other.ReflinkedBytes;
        SavedBytes += other.SavedBytes;
        AlreadyShared += other.AlreadyShared;
        AlreadySharedBytes += other.AlreadySharedBytes;
        for (int reason = 0; reason < skipped.Length; reason++)
        {
            skipped[reason] += other.skipped[reason];
        }
    }
}
