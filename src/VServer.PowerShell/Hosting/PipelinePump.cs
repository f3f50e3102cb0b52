using System.Collections.Concurrent;

namespace VServer.Hosting;

/// <summary>
/// Lets work run on other threads while what it has to say is said on the pipeline's own thread, the only one that may write to it.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    // How often the pipeline's thread looks up when nothing is posted; progress is shown at this pace.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    // Bounded, so that a slow reader slows the work down instead of filling memory.
    private readonly BlockingCollection<Action> posted = new(256);
    private readonly CancellationTokenSource abandon;

    /// <summary>Makes a pump whose work ends early when <paramref name="stopping"/> is cancelled.</summary>
    public PipelinePump(CancellationToken stopping) => abandon = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    /// <summary>Has <paramref name="write"/> called on the pipeline's thread. Any thread may post.</summary>
    /// <exception cref="OperationCanceledException">Nobody reads any more.</exception>
    public void Post(Action write) => posted.Add(write, abandon.Token);

    /// <summary>Runs the work and, meanwhile, what it posts; returns when both are done.</summary>
    /// <param name="work">Gets the token that tells it to end early.</param>
    /// <param name="beat">Called on the pipeline's thread some times a second.</param>
    public T Run<T>(Func<CancellationToken, T> work, Action beat)
    {
        Task<T> task = Task.Run(() => Complete(work));
        try
        {
            Pump(beat);
        }
        catch
        {
            // The pipeline is going down (Select-Object -First, Ctrl+C): the work must be at rest before this cmdlet is gone.
            abandon.Cancel();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            throw;
        }

        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        abandon.Dispose();
        posted.Dispose();
    }

    private T Complete<T>(Func<CancellationToken, T> work)
    {
        try
        {
            return work(abandon.Token);
        }
        finally
        {
            posted.CompleteAdding();
        }
    }

    private void Pump(Action beat)
    {
        while (!posted.IsCompleted)
        {
            if (posted.TryTake(out Action? write, Beat))
            {
                write();
            }

            beat();
        }
    }
}
