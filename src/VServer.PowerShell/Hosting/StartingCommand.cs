using System.Collections.Concurrent;

namespace VServer.Hosting;

/// <summary>A cmdlet that starts guests: what waits for their start is done first, and told when all threads are done.</summary>
public abstract class StartingCommand : ParallelGuestCommand
{
    private readonly ConcurrentQueue<Action> told = new();

    /// <summary>Starts a guest, after what waits for it; a failure of that keeps no guest from starting.</summary>
    private protected void Start(FoundGuest found, CancellationToken stopping)
    {
        string name = found.Guest.Name;
        void Warn(Exception failure) => told.Enqueue(() => WriteWarning(
            $"What was queued for the next start of '{name}' could not be done, and is not queued any more: {failure.Message}"));

        foreach (UnifyResult result in found.Session.Queue.Run(name, Warn, stopping))
        {
            told.Enqueue(() => UnifyAdvice.Give(result, WriteVerbose, WriteWarning));
        }

        found.Session.Guests.Start(name, stopping);
    }

    /// <summary>Says what became of what was queued.</summary>
    private protected void TellQueued()
    {
        while (told.TryDequeue(out Action? tell))
        {
            tell();
        }
    }
}
