using VServer.Ports;

namespace VServer.Core.Tests.Fakes;

/// <summary>Trees in memory, by path.</summary>
internal sealed class MemoryTreeHost : ITreeHost
{
    public Dictionary<string, MemoryFolder> Trees { get; } = [];

    /// <summary>How often files of any tree were read.</summary>
    public int Reads => Trees.Values.Sum(static tree => tree.Reads);

    public IFolder OpenRoot(string path) => Trees[path];

    public IFolder OpenSystem(string path) => Trees[path];

    public void Flush(IFolder folder)
    {
    }

    public IWriteBack BeginWriteBack(IFolder folder) => new MemoryWriteBack();

    private sealed class MemoryWriteBack : IWriteBack
    {
        public bool KeepsOrder => false;

        public void Begin(IFile file)
        {
        }

        public void Finish()
        {
        }

        public void Dispose()
        {
        }
    }
}
