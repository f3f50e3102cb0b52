namespace VServer.Hosting;

/// <summary>What a cmdlet's work, on its own thread, may use of the cmdlet.</summary>
internal sealed class WorkContext
{
    private readonly Action<Action> post;

    /// <summary>Makes a context.</summary>
    public WorkContext(Action<WorkProgress> progress, Action<Action> post, CancellationToken stopping)
    {
        Stopping = stopping;
        Progress = progress;
        this.post = post;
    }

    /// <summary>Tells the work to end early.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Takes how far the work is, from any thread.</summary>
    public Action<WorkProgress> Progress { get; }

    /// <summary>Has something said on the pipeline's thread, from any thread and in order.</summary>
    public void Post(Action write) => post(write);
}
