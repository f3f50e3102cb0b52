using VServer.Linux.Storage;
using VServer.Ports;

namespace VServer.Linux.Helper;

/// <summary>The logs that monitors write: NAME.log, and NAME.log.1 before it (docs/design/protocol.md).</summary>
public sealed class ConsoleLog : IGuestLog
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Read(string path)
    {
        LineSplitter splitter = new();
        using ConsoleReader old = new($"{path}.1", splitter);
        IReadOnlyList<string> before = old.ReadRest();
        using ConsoleReader log = new(path, splitter);
        return [.. before, .. log.ReadRest(), .. splitter.End()];
    }

    /// <inheritdoc/>
    public void Follow(string path, int? tail, Action<string> tell, CancellationToken cancellation)
    {
        string folder = Path.GetDirectoryName(path)!; // The path is absolute and names a file.
        new LinuxStoreHost().CreatePrivateFolder(folder);
        using AutoResetEvent changed = new(initialState: false);
        // Before the first look, so that nothing is missed between it and the first wait.
        using FileSystemWatcher watcher = Watch(path, changed);
        LineSplitter splitter = new();
        using ConsoleReader old = new($"{path}.1", splitter);
        List<string> lines = [.. old.ReadRest()];
        using ConsoleReader log = new(path, splitter);
        lines.AddRange(log.ReadRest());
        lines.TakeLast(tail ?? lines.Count).ToList().ForEach(tell);
        while (true)
        {
            WaitHandle.WaitAny([changed, cancellation.WaitHandle]);
            cancellation.ThrowIfCancellationRequested();
            foreach (string line in log.ReadRest())
            {
                tell(line);
            }
        }
    }

    private static FileSystemWatcher Watch(string path, AutoResetEvent changed)
    {
        FileSystemWatcher watcher = new(Path.GetDirectoryName(path)!, Path.GetFileName(path)); // As above.
        watcher.Changed += (_, _) => changed.Set();
        watcher.Created += (_, _) => changed.Set();
        watcher.Renamed += (_, _) => changed.Set();
        watcher.EnableRaisingEvents = true;
        return watcher;
    }
}
