using System.Management.Automation;

namespace VServer.Hosting;

/// <summary>
/// A cmdlet that does one thing to many guests at once: they are gathered while the pipeline brings them, and worked on by a bounded number
/// of threads at its end, those of one priority together. What came of each is told in the order the guests were given.
/// </summary>
public abstract class ParallelGuestCommand : GuestCommand
{
    private readonly List<FoundGuest> gathered = [];

    /// <summary>How many guests are worked on at once.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 16;

    /// <inheritdoc/>
    private protected sealed override void Process(StoreSession session, Guest guest)
    {
        if (ShouldProcess(guest.Name, Deed))
        {
            gathered.Add(new FoundGuest(session, guest));
        }
    }

    /// <summary>What is done, for the question whether it shall be.</summary>
    private protected abstract string Deed { get; }

    /// <inheritdoc/>
    private protected sealed override void Finish()
    {
        if (gathered.Count > 0)
        {
            Run(gathered);
        }
    }

    /// <summary>Works on all guests.</summary>
    private protected abstract void Run(IReadOnlyList<FoundGuest> guests);

    /// <summary>Works on guests, one priority after the other.</summary>
    /// <param name="activity">What is being done, for the progress.</param>
    /// <param name="guests">The guests.</param>
    /// <param name="highestFirst">True to begin with the highest priority, as a start does; false for the lowest, as a stop does.</param>
    /// <param name="act">Works on one, on a thread of its own; what it gives is emitted unless null.</param>
    /// <returns>Those for which nothing failed, in the order given.</returns>
    private protected IReadOnlyList<FoundGuest> RunByPriority(
        string activity, IReadOnlyList<FoundGuest> guests, bool highestFirst, Func<FoundGuest, CancellationToken, object?> act)
    {
        IEnumerable<IGrouping<int, FoundGuest>> groups = guests.GroupBy(static found => found.Guest.Priority);
        groups = highestFirst ? groups.OrderByDescending(static group => group.Key) : groups.OrderBy(static group => group.Key);
        HashSet<FoundGuest> done = [];
        int before = 0;
        foreach (IGrouping<int, FoundGuest> group in groups)
        {
            FoundGuest[] together = [.. group];
            Work(activity, work => RunTogether(work, together, act, done, new WorkProgress(before, guests.Count, 0, "")));
            before += together.Length;
        }

        return [.. guests.Where(done.Contains)];
    }

    private void RunTogether(
        WorkContext work, FoundGuest[] guests, Func<FoundGuest, CancellationToken, object?> act, HashSet<FoundGuest> done, WorkProgress before)
    {
        work.Progress(before);
        RunEach(work, [.. guests.Select(static found => found.Guest.Name)], ThrottleLimit, before, number => RunOne(guests[number], act, done, work.Stopping));
    }

    // What is to be said of it on the pipeline's thread.
    private Action RunOne(FoundGuest found, Func<FoundGuest, CancellationToken, object?> act, HashSet<FoundGuest> done, CancellationToken stopping)
    {
        object? result = act(found, stopping);
        lock (done)
        {
            done.Add(found);
        }

        return () =>
        {
            if (result is not null)
            {
                WriteObject(result);
            }
        };
    }
}
