using System.Management.Automation;

namespace VServer.Hosting;

/// <summary>A cmdlet's work on another thread. What it has to say is said when the cmdlet asks, on the pipeline's thread.</summary>
internal sealed class RunningWork<T> : IDisposable
{
    private readonly Cmdlet cmdlet;
    private readonly PipelinePump pump;
    private readonly ProgressMeter meter;
    private readonly Task<T> task;

    /// <summary>Starts it.</summary>
    public RunningWork(Cmdlet cmdlet, string activity, Func<WorkContext, T> work, CancellationToken stopping)
    {
        this.cmdlet = cmdlet;
        pump = new PipelinePump(stopping);
        meter = new ProgressMeter(activity);
        task = pump.Start(token => work(new WorkContext(meter.Report, pump.Post, token)));
    }

    /// <summary>Says what is to be said so far.</summary>
    public void Tell() => pump.Tell(task);

    /// <summary>Waits for its end, shows progress, and says what it posts.</summary>
    public T Finish()
    {
        try
        {
            return pump.Finish(task, () => meter.Show(cmdlet));
        }
        finally
        {
            meter.Finish(cmdlet);
        }
    }

    /// <summary>Ends it early when it was not waited for.</summary>
    public void Dispose()
    {
        if (!task.IsCompleted)
        {
            pump.Abandon(task);
        }

        pump.Dispose();
    }
}
