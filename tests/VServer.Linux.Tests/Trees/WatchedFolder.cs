using VServer.Ports;

namespace VServer.Linux.Tests.Trees;

/// <summary>A real folder whose opening calls are told to the host.</summary>
internal sealed class WatchedFolder : IFolder
{
    private readonly WatchedTreeHost host;
    private readonly IFolder real;
    private readonly string path;

    public WatchedFolder(WatchedTreeHost host, IFolder real, string path)
    {
        (this.host, this.real, this.path) = (host, real, path);
        host.Opened.Add(real.Facts.Inode);
    }

    public FileFacts Facts => real.Facts;

    public static IFolder Real(IFolder folder) => ((WatchedFolder)folder).real;

    public IReadOnlyList<FolderEntry> Read()
    {
        host.Meet(nameof(Read), path);
        return real.Read();
    }

    public IReadOnlyList<UnixPath> ReadNames() => real.ReadNames();

    public FileFacts? Find(UnixPath name) => real.Find(name);

    public IFolder? TryOpenFolder(UnixPath path)
    {
        host.Meet(nameof(TryOpenFolder), this.path + path);
        return real.TryOpenFolder(path) is { } folder ? new WatchedFolder(host, folder, this.path + path) : null;
    }

    public IFile OpenFile(UnixPath name)
    {
        host.Meet(nameof(OpenFile), path + name);
        return new WatchedFile(host, real.OpenFile(name), path + name);
    }

    public IFile OpenFile(UnixPath name, in FileFacts seen)
    {
        host.Meet(nameof(OpenFile), path + name);
        return new WatchedFile(host, real.OpenFile(name, seen), path + name);
    }

    public byte[]? TryGetHandle(UnixPath name) => real.TryGetHandle(name);

    public IFile? TryOpenHandle(ReadOnlySpan<byte> handle) => real.TryOpenHandle(handle) is { } file ? new WatchedFile(host, file, path) : null;

    public IFile CreateFile(UnixPath name, uint permissions) => new WatchedFile(host, real.CreateFile(name, permissions), path + name);

    public void Link(IFile file, UnixPath name) => real.Link(WatchedFile.Real(file), name);

    public void Link(IFolder source, UnixPath sourceName, UnixPath name)
    {
        host.Meet(nameof(Link), path + name);
        real.Link(Real(source), sourceName, name);
    }

    public void Rename(UnixPath from, UnixPath to) => real.Rename(from, to);

    public void Move(IFolder source, UnixPath sourceName, UnixPath name) => real.Move(Real(source), sourceName, name);

    public void Unlink(UnixPath name) => real.Unlink(name);

    public void RemoveFolder(UnixPath name) => real.RemoveFolder(name);

    public IFolder CreateFolder(UnixPath name, uint permissions) => new WatchedFolder(host, real.CreateFolder(name, permissions), path + name);

    public void MakeFolder(UnixPath name, uint permissions) => real.MakeFolder(name, permissions);

    public UnixTarget ReadLink(UnixPath name) => real.ReadLink(name);

    public void CopySymbolicLink(IFolder like, UnixPath likeName, UnixPath name) => real.CopySymbolicLink(Real(like), likeName, name);

    public void CreateSymbolicLink(UnixPath name, UnixTarget target) => real.CreateSymbolicLink(name, target);

    public void CopySpecial(IFolder like, UnixPath likeName, UnixPath name) => real.CopySpecial(Real(like), likeName, name);

    public void CopyMetadataFrom(IFolder source) => real.CopyMetadataFrom(Real(source));

    public void SetModified(FileTime modified) => real.SetModified(modified);

    public void Dispose() => real.Dispose();
}
