using System.Text;
using VServer.Errors;
using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>Trees on this host, by real system calls.</summary>
public sealed class LinuxTreeHost : ITreeHost
{
    /// <inheritdoc/>
    public IFolder OpenRoot(string path) => Open(path, ResolveFlags.InsideTree);

    /// <inheritdoc/>
    public IFolder OpenSystem(string path) => Open(path, ResolveFlags.InsideSystem);

    /// <inheritdoc/>
    public void Flush(IFolder folder) => LinuxFolder.From(folder).FlushFileSystem();

    /// <inheritdoc/>
    public IWriteBack BeginWriteBack(IFolder folder) => new LinuxWriteBack(LinuxFolder.From(folder));

    private static LinuxFolder Open(string path, ResolveFlags below)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        UnixPath shown = UnixPath.Parse(path);
        if (path[0] != '/')
        {
            throw new TreeException(ErrorKind.InvalidArgument, 0, "openat2", shown, $"Cannot open the tree '{path}': the path is not absolute. Give the whole path, from /.");
        }

        byte[] terminated = Encoding.UTF8.GetBytes(path + '\0');
        NativeResult opened = TreeOpener.Open(FileDescriptor.CurrentDirectory, terminated, TreeOpener.RootFlags, ResolveFlags.None);
        opened.ThrowIfFailed("openat2", "open the tree", shown);
        return LinuxFolder.Own(opened.Value, shown, below);
    }
}
