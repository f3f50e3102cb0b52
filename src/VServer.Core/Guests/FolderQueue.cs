namespace VServer.Guests;

/// <summary>Folders that several threads still have to go through; ends when none is left and nobody is in one that could bring more.</summary>
internal sealed class FolderQueue : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim ready = new(0);
    private readonly Stack<UnixPath> first = [];
    private readonly Stack<UnixPath> waiting = [];
    private int unfinished;

    /// <summary>Adds a folder; only before the start, or by a thread that is in another one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isLong">True to have it taken before others: one thread must not work long at the end, alone.</param>
    public void Add(UnixPath folder, bool isLong = false)
    {
        lock (gate)
        {
            (isLong ? first : waiting).Push(folder);
            unfinished++;
        }

        ready.Release();
    }

    /// <summary>Goes through folders until all are done, together with other threads that call this.</summary>
    public void Drain(Action<UnixPath> work, CancellationToken cancellation)
    {
        while (TryTake(cancellation) is { } folder)
        {
            work(folder);
            Finish();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ready.Dispose();

    private UnixPath? TryTake(CancellationToken cancellation)
    {
        ready.Wait(cancellation);
        lock (gate)
        {
            if (first.TryPop(out UnixPath? folder) || waiting.TryPop(out folder))
            {
                return folder;
            }
        }

        // Released at the end: pass it on to the next thread that waits.
        ready.Release();
        return null;
    }

    private void Finish()
    {
        lock (gate)
        {
            if (--unfinished > 0)
            {
                return;
            }
        }

        ready.Release();
    }
}
