using System.Collections.Concurrent;
using VServer.Linux.Trees;
using VServer.Ports;

namespace VServer.Linux.Tests.Trees;

/// <summary>The real host with somebody hostile beside it, who does something at exactly one call and is told every inode that is opened.</summary>
internal sealed class WatchedTreeHost : ITreeHost
{
    private readonly LinuxTreeHost real = new();
    private Action? trick;
    private string call = "";
    private string place = "";
    private int left;

    /// <summary>Every inode that was opened.</summary>
    public ConcurrentBag<ulong> Opened { get; } = [];

    /// <summary>True when the trick was played.</summary>
    public bool IsDone => left <= 0;

    /// <summary>Plays a trick at a call: before it when something is opened or its flags change, after it when something was compared or copied.</summary>
    /// <param name="method">The name of the port's method.</param>
    /// <param name="path">How the path of what it is about ends.</param>
    /// <param name="times">At which of the calls.</param>
    /// <param name="action">The trick.</param>
    public void At(string method, string path, int times, Action action) => (call, place, left, trick) = (method, path, times, action);

    public IFolder OpenRoot(string path) => new WatchedFolder(this, real.OpenRoot(path), path);

    public IFolder OpenSystem(string path) => new WatchedFolder(this, real.OpenSystem(path), path);

    public void Flush(IFolder folder) => real.Flush(WatchedFolder.Real(folder));

    public IWriteBack BeginWriteBack(IFolder folder) => new WatchedWriteBack(real.BeginWriteBack(WatchedFolder.Real(folder)));

    /// <summary>A call is made.</summary>
    public void Meet(string method, string path)
    {
        if (method == call && path.EndsWith(place, StringComparison.Ordinal) && Interlocked.Decrement(ref left) == 0)
        {
            trick!();
        }
    }
}
