using VServer.Errors;
using VServer.Ports;

namespace VServer.Core.Tests.Fakes;

/// <summary>A folder in memory, for what is about names and contents alone. Metadata is not kept; what only a kernel can do is not supported.</summary>
internal sealed class MemoryFolder(MemoryNode node) : IFolder
{
    private static ulong lastInode;

    public MemoryFolder()
        : this(new MemoryNode(FileKind.Folder, ++lastInode))
    {
    }

    public FileFacts Facts => node.Facts;

    /// <summary>Puts a file somewhere, with the folders it needs.</summary>
    public MemoryFolder With(string path, string content) => With(path, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>Puts a file somewhere, with the folders it needs.</summary>
    public MemoryFolder With(string path, byte[] content)
    {
        using MemoryFolder folder = FolderOf(path);
        folder.Make(UnixPath.Parse(path).Name, FileKind.Regular).Content = content;
        return this;
    }

    /// <summary>Puts a symlink somewhere, with the folders it needs.</summary>
    public MemoryFolder WithLink(string path, string target)
    {
        using MemoryFolder folder = FolderOf(path);
        folder.CreateSymbolicLink(UnixPath.Parse(path).Name, UnixTarget.Parse(target));
        return this;
    }

    /// <summary>The content of a file; null when it is missing.</summary>
    public string? Text(string path)
    {
        UnixPath full = UnixPath.Parse(path);
        using IFolder? folder = TryOpenFolder(full.Parent);
        if (folder?.Find(full.Name) is null)
        {
            return null;
        }

        using IFile file = folder.OpenFile(full.Name);
        return System.Text.Encoding.UTF8.GetString(file.ReadAll(int.MaxValue));
    }

    /// <summary>How often files here and below were read.</summary>
    public int Reads => CountReads(node);

    /// <summary>The target of a symlink; null when it is missing.</summary>
    public string? LinkTarget(string path)
    {
        UnixPath full = UnixPath.Parse(path);
        using IFolder? folder = TryOpenFolder(full.Parent);
        return folder?.Find(full.Name) is null ? null : System.Text.Encoding.UTF8.GetString(folder.ReadLink(full.Name).Bytes.Span);
    }

    public IReadOnlyList<FolderEntry> Read() => [.. node.Entries.Select(static entry => new FolderEntry(entry.Key, entry.Value.Facts))];

    public IReadOnlyList<UnixPath> ReadNames() => [.. node.Entries.Keys];

    public FileFacts? Find(UnixPath name) => node.Entries.GetValueOrDefault(name)?.Facts;

    public IFolder? TryOpenFolder(UnixPath path) => FindFolder(path) is { } found ? new MemoryFolder(found) : null;

    public IFile OpenFile(UnixPath name)
    {
        MemoryNode found = Get(name);
        return found.Kind == FileKind.Regular ? new MemoryFile(found) : throw Fail(ErrorKind.InvalidData, name);
    }

    public IFile OpenFile(UnixPath name, in FileFacts seen) => OpenFile(name);

    public byte[]? TryGetHandle(UnixPath name) => null;

    public IFile? TryOpenHandle(ReadOnlySpan<byte> handle) => null;

    public IFile CreateFile(UnixPath name, uint permissions)
    {
        MemoryNode made = Make(name, FileKind.Regular);
        made.Permissions = permissions;
        return new MemoryFile(made);
    }

    public void Link(IFile file, UnixPath name) => AddLink(((MemoryFile)file).Node, name);

    public void Link(IFolder source, UnixPath sourceName, UnixPath name) => AddLink(((MemoryFolder)source).Get(sourceName), name);

    public void Rename(UnixPath from, UnixPath to)
    {
        node.Entries[to] = Get(from);
        node.Entries.Remove(from);
    }

    public void Move(IFolder source, UnixPath sourceName, UnixPath name)
    {
        MemoryFolder from = (MemoryFolder)source;
        node.Entries[name] = from.Get(sourceName);
        from.Node.Entries.Remove(sourceName);
    }

    public void Unlink(UnixPath name)
    {
        Get(name).LinkCount--;
        node.Entries.Remove(name);
    }

    public void RemoveFolder(UnixPath name)
    {
        if (Get(name).Entries.Count > 0)
        {
            throw Fail(ErrorKind.InvalidOperation, name);
        }

        node.Entries.Remove(name);
    }

    public IFolder CreateFolder(UnixPath name, uint permissions)
    {
        MemoryNode made = Make(name, FileKind.Folder);
        made.Permissions = permissions;
        return new MemoryFolder(made);
    }

    public void MakeFolder(UnixPath name, uint permissions) => Make(name, FileKind.Folder).Permissions = permissions;

    public UnixTarget ReadLink(UnixPath name)
    {
        MemoryNode found = Get(name);
        return found.Kind == FileKind.SymbolicLink ? new UnixTarget(found.Content) : throw Fail(ErrorKind.InvalidArgument, name);
    }

    public void CopySymbolicLink(IFolder like, UnixPath likeName, UnixPath name) => CreateSymbolicLink(name, like.ReadLink(likeName));

    public void CreateSymbolicLink(UnixPath name, UnixTarget target) => Make(name, FileKind.SymbolicLink).Content = target.Bytes.ToArray();

    public void CopySpecial(IFolder like, UnixPath likeName, UnixPath name) => throw new NotSupportedException();

    public void CopyMetadataFrom(IFolder source) => node.Permissions = source.Facts.Permissions;

    public void SetModified(FileTime modified)
    {
    }

    public void Dispose()
    {
    }

    private MemoryNode Node => node;

    private static TreeException Fail(ErrorKind kind, UnixPath name) => new(kind, 0, "memory", name, $"Cannot use '{name}': {kind}.");

    private MemoryFolder FolderOf(string path) => (MemoryFolder)this.OpenOrCreateFolder(UnixPath.Parse(path).Parent, 0b111_101_101);

    private static int CountReads(MemoryNode at) => at.Reads + at.Entries.Values.Sum(CountReads);

    private MemoryNode? FindFolder(UnixPath path)
    {
        MemoryNode? at = path.IsRoot ? node : FindFolder(path.Parent)?.Entries.GetValueOrDefault(path.Name);
        return at?.Kind == FileKind.Folder ? at : null;
    }

    private MemoryNode Get(UnixPath name) => node.Entries.GetValueOrDefault(name) ?? throw Fail(ErrorKind.NotFound, name);

    private MemoryNode Make(UnixPath name, FileKind kind)
    {
        MemoryNode made = new(kind, ++lastInode);
        return node.Entries.TryAdd(name, made) ? made : throw Fail(ErrorKind.AlreadyExists, name);
    }

    private void AddLink(MemoryNode target, UnixPath name)
    {
        if (!node.Entries.TryAdd(name, target))
        {
            throw Fail(ErrorKind.AlreadyExists, name);
        }

        target.LinkCount++;
    }
}
