using VServer.Ports;

namespace VServer.Unify;

/// <summary>A flush of a file system while other work goes on.</summary>
internal sealed class BesideFlush(ITreeHost trees, IFolder folder)
{
    private readonly Task task = Task.Factory.StartNew(
        () => trees.Flush(folder), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Returns when what was written before its beginning survives a power loss.</summary>
    /// <exception cref="Errors.TreeException">It could not be written.</exception>
    public void Wait() => task.GetAwaiter().GetResult();
}
