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

    /// <summary>Starts the work, whose posts wait for <see cref="Tell"/> and <see cref="Finish"/>.</summary>
    /// <param name="work">Gets the token that tells it to end early.</param>
    public Task<T> Start<T>(Func<CancellationToken, T> work) => Task.Run(() => Complete(work));

    /// <summary>Runs what the work has posted so far.</summary>
    public void Tell(Task task) => OrAbandon(task, () =>
    {
        while (posted.TryTake(out Action? write))
        {
            write();
        }
    });

    /// <summary>Runs what the work posts until both are done.</summary>
    /// <param name="task">The work that was started.</param>
    /// <param name="beat">Called on the pipeline's thread some times a second.</param>
    public T Finish<T>(Task<T> task, Action beat)
    {
        OrAbandon(task, () => Pump(beat));
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Has the work end early, and waits until it has.</summary>
    public void Abandon(Task task)
    {
        abandon.Cancel();
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        abandon.Dispose();
        posted.Dispose();
    }

    // The pipeline may be going down (Select-Object -First, Ctrl+C): the work must be at rest before this cmdlet is gone.
    private void OrAbandon(Task task, Action run)
    {
        try
        {
            run();
        }
        catch
        {
            Abandon(task);
            throw;
        }
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
