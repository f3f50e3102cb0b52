using VServer.Ports;

namespace VServer.Linux.Tests.Trees;

/// <summary>The real thing, for files that are watched.</summary>
internal sealed class WatchedWriteBack(IWriteBack real) : IWriteBack
{
    public bool KeepsOrder => real.KeepsOrder;

    public void Begin(IFile file) => real.Begin(WatchedFile.Real(file));

    public void Finish() => real.Finish();

    public void Dispose() => real.Dispose();
}
