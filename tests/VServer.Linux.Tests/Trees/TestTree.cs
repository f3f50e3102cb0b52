using VServer.Linux.Trees;
using VServer.Ports;

namespace VServer.Linux.Tests.Trees;

/// <summary>An empty folder of its own, opened as a tree.</summary>
internal sealed class TestTree : IDisposable
{
    public TestTree()
    {
        // Not /tmp, which is often in memory and then knows neither flags nor all attributes.
        Path = Shell.Run("mktemp -d /var/tmp/vserver-tree-XXXXXX");
        Root = new LinuxTreeHost().OpenRoot(Path);
    }

    public string Path { get; }

    public IFolder Root { get; }

    public string Run(string script) => Shell.Run(script, Path);

    public IFile Open(string name) => Root.OpenFile(UnixPath.Parse(name));

    /// <summary>What this process holds open of the tree, its root too.</summary>
    public IEnumerable<string> OpenDescriptors() => new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
        .Select(static entry => entry.LinkTarget ?? "")
        .Where(target => target.StartsWith(Path, StringComparison.Ordinal));

    public void Dispose()
    {
        Root.Dispose();
        Run("findmnt -rno TARGET | grep \"^$PWD/\" | xargs -r umount; chattr -R -ia . 2>/dev/null || true; rm -rf \"$PWD\"");
    }
}
