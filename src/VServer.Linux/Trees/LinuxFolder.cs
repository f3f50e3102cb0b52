using VServer.Errors;
using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>A folder held open; acts by descriptor only.</summary>
internal sealed class LinuxFolder : IFolder
{
    // PATH_MAX without its NUL: what one call takes.
    private const int LongestPath = 4095;

    private readonly FileDescriptor descriptor;
    private readonly UnixPath path;
    private readonly ResolveFlags below;
    private SeenInode seen;
    private bool isRead;

    private LinuxFolder(FileDescriptor descriptor, UnixPath path, ResolveFlags below)
    {
        this.descriptor = descriptor;
        this.path = path;
        this.below = below;
        seen = SeenInode.Ask(descriptor, path);
    }

    /// <inheritdoc/>
    public FileFacts Facts => seen.Facts;

    /// <summary>Where it was when it was opened, for messages.</summary>
    public UnixPath Path => path;

    /// <summary>The descriptor; stays ours.</summary>
    public FileDescriptor Descriptor => descriptor;

    /// <summary>Takes over an open descriptor.</summary>
    /// <param name="value">The descriptor.</param>
    /// <param name="path">Where it is, for messages.</param>
    /// <param name="below">What is opened below it is opened so.</param>
    public static LinuxFolder Own(nint value, UnixPath path, ResolveFlags below)
    {
        FileDescriptor descriptor = FileDescriptor.Own(value);
        try
        {
            return new LinuxFolder(descriptor, path, below);
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Ours, or a programmer's mistake: trees of two hosts cannot be mixed.</summary>
    public static LinuxFolder From(IFolder folder) =>
        folder as LinuxFolder ?? throw new ArgumentException("The folder was not opened by this tree host.", nameof(folder));

    /// <inheritdoc/>
    public IReadOnlyList<UnixPath> ReadNames() => ListNames();

    /// <inheritdoc/>
    public IReadOnlyList<FolderEntry> Read()
    {
        List<UnixPath> names = ListNames();
        List<FolderEntry> entries = new(names.Count);
        foreach (UnixPath name in names)
        {
            // A name may go away between the two calls; then it is no entry any more.
            if (Ask(name, name.Terminated) is { } facts)
            {
                entries.Add(new FolderEntry(name, facts));
            }
        }

        return entries;
    }

    /// <inheritdoc/>
    public FileFacts? Find(UnixPath name) => Ask(name, Check(name));

    /// <inheritdoc/>
    public IFolder? TryOpenFolder(UnixPath path)
    {
        if (path.Bytes.Length > LongestPath && path.Bytes[..LongestPath].LastIndexOf((byte)'/') is > 0 and var slash)
        {
            using IFolder? onTheWay = TryOpenFolder(UnixPath.FromBytes(path.Bytes[..slash]));
            return onTheWay?.TryOpenFolder(UnixPath.FromBytes(path.Bytes[(slash + 1)..]));
        }

        ReadOnlySpan<byte> terminated = path.IsRoot ? ".\0"u8 : path.Terminated;
        NativeResult opened = TreeOpener.Open(descriptor, terminated, TreeOpener.FolderFlags, below);
        if (opened.Error is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP or Errno.EXDEV)
        {
            return null;
        }

        UnixPath where = this.path.Combine(path);
        opened.ThrowIfFailed("openat2", "open the folder", where);
        return Own(opened.Value, where, below);
    }

    /// <inheritdoc/>
    public IFile OpenFile(UnixPath name)
    {
        ReadOnlySpan<byte> terminated = Check(name);
        NativeResult asked = Statx.Get(descriptor, terminated, out StatxBuffer buffer);
        Throw(asked, "statx", "open", name);

        // Before it is opened, since opening is enough to start a watchdog or rewind a tape; and again after, since names can change.
        return OpenFile(name, FactsReader.Read(buffer));
    }

    /// <inheritdoc/>
    public IFile OpenFile(UnixPath name, in FileFacts seen)
    {
        LinuxFile.RequireRegular(seen.Kind, path, name);
        NativeResult opened = TreeOpener.Open(descriptor, Check(name), TreeOpener.FileFlags, below);
        Throw(opened, "openat2", "open", name);
        return LinuxFile.OwnRegular(opened.Value, path, name);
    }

    /// <inheritdoc/>
    public byte[]? TryGetHandle(UnixPath name) => InodeHandle.TryGet(descriptor, Check(name), path.Combine(name));

    /// <inheritdoc/>
    public IFile? TryOpenHandle(ReadOnlySpan<byte> handle) => InodeHandle.TryOpen(descriptor, handle, path);

    /// <inheritdoc/>
    public IFile CreateFile(UnixPath name, uint permissions)
    {
        NativeResult opened = OpenAt2.Open(descriptor, Check(name), new OpenHow(TreeOpener.CreateFlags, permissions, below));
        Throw(opened, "openat2", "create", name);
        return LinuxFile.OwnNew(opened.Value, path, name, permissions);
    }

    /// <inheritdoc/>
    public void Link(IFile file, UnixPath name)
    {
        NativeResult linked = LinkAt.Link(LinuxFile.From(file).Descriptor, "\0"u8, descriptor, Check(name), AtFlags.EmptyPath);
        Throw(linked, "linkat", "link", name);
    }

    /// <inheritdoc/>
    public void Link(IFolder source, UnixPath sourceName, UnixPath name)
    {
        LinuxFolder from = From(source);
        NativeResult linked = LinkAt.Link(from.descriptor, from.Check(sourceName), descriptor, Check(name), AtFlags.None);
        Throw(linked, "linkat", "link", name);
    }

    /// <inheritdoc/>
    public void Rename(UnixPath from, UnixPath to) =>
        Throw(RenameAt.Rename(descriptor, Check(from), descriptor, Check(to)), "renameat", "put a new file in place of", to);

    /// <inheritdoc/>
    public void Move(IFolder source, UnixPath sourceName, UnixPath name)
    {
        LinuxFolder from = From(source);
        NativeResult moved = RenameAt.Rename(from.descriptor, from.Check(sourceName), descriptor, Check(name));
        Throw(moved, "renameat", "put a new file in place of", name);
    }

    /// <inheritdoc/>
    public void Unlink(UnixPath name) => Throw(UnlinkAt.Remove(descriptor, Check(name), AtFlags.None), "unlinkat", "remove", name);

    /// <inheritdoc/>
    public void RemoveFolder(UnixPath name) =>
        Throw(UnlinkAt.Remove(descriptor, Check(name), AtFlags.RemoveDirectory), "unlinkat", "remove the folder", name);

    /// <inheritdoc/>
    public IFolder CreateFolder(UnixPath name, uint permissions)
    {
        Throw(MakeDirectoryAt.Make(descriptor, Check(name), permissions), "mkdirat", "make the folder", name);
        NativeResult opened = TreeOpener.Open(descriptor, name.Terminated, TreeOpener.FolderFlags, below);
        Throw(opened, "openat2", "open the new folder", name);
        LinuxFolder folder = Own(opened.Value, path.Combine(name), below);
        try
        {
            if (folder.Facts.Permissions != permissions)
            {
                MetadataCopier.SetPermissions(folder.descriptor, permissions, folder.path);
                folder.seen = SeenInode.Ask(folder.descriptor, folder.path);
            }

            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void MakeFolder(UnixPath name, uint permissions) =>
        Throw(MakeDirectoryAt.Make(descriptor, Check(name), permissions), "mkdirat", "make the folder", name);

    /// <inheritdoc/>
    public UnixTarget ReadLink(UnixPath name) => SymbolicLink.Read(descriptor, Check(name), path.Combine(name));

    /// <inheritdoc/>
    public void CreateSymbolicLink(UnixPath name, UnixTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        SymbolicLink.Make(descriptor, Check(name), target, path.Combine(name));
    }

    /// <inheritdoc/>
    public void CopySymbolicLink(IFolder like, UnixPath likeName, UnixPath name)
    {
        LinuxFolder from = From(like);
        if (SymbolicLinkCopier.TryCopy(from.descriptor, from.Check(likeName), descriptor, Facts, Check(name), path.Combine(name)))
        {
            return;
        }

        using FileDescriptor source = from.OpenInode(likeName);
        UnixTarget target = SymbolicLink.Read(source, "\0"u8, from.path.Combine(likeName));
        CreateSymbolicLink(name, target);
        CopyMetadata(source, name);
    }

    /// <inheritdoc/>
    public void CopySpecial(IFolder like, UnixPath likeName, UnixPath name)
    {
        using FileDescriptor source = From(like).OpenInode(likeName);
        UnixPath where = path.Combine(name);
        Statx.Get(source, out StatxBuffer buffer).ThrowIfFailed("statx", "ask about", where);
        FileFacts facts = FactsReader.Read(buffer);
        if (facts.Kind is not (FileKind.Fifo or FileKind.CharacterDevice or FileKind.BlockDevice))
        {
            throw new TreeException(ErrorKind.InvalidArgument, 0, "mknodat", where, $"Cannot make '{where}' anew: a {facts.Kind} is neither fifo nor device. Copy it otherwise.");
        }

        Throw(MakeNodeAt.Make(descriptor, Check(name), FactsReader.GetTypeBits(facts.Kind), facts.SpecialDevice), "mknodat", "make", name);
        CopyMetadata(source, name);
    }

    /// <inheritdoc/>
    public void CopyMetadataFrom(IFolder source) => MetadataCopier.Copy(From(source).descriptor, From(source).seen, descriptor, Facts, path);

    /// <inheritdoc/>
    public void SetModified(FileTime modified) =>
        UtimeNsAt.Set(descriptor, TimeSpecification.Omit, TimeSpecification.From(modified)).ThrowIfFailed("utimensat", "set the time of", path);

    /// <summary>Makes the names in this folder survive a power loss.</summary>
    public void FlushNames() => FSync.Flush(descriptor).ThrowIfFailed("fsync", "flush the folder", path);

    /// <summary>syncfs(2).</summary>
    public void FlushFileSystem() => SyncFileSystem.Flush(descriptor).ThrowIfFailed("syncfs", "flush the file system of", path);

    /// <summary>Opens a name's inode, of any type, only to be asked about.</summary>
    public FileDescriptor OpenInode(UnixPath name)
    {
        NativeResult opened = AskForInode(name);
        Throw(opened, "openat2", "open", name);
        return FileDescriptor.Own(opened.Value);
    }

    /// <summary>The same; null when the name is missing.</summary>
    public FileDescriptor? TryOpenInode(UnixPath name)
    {
        NativeResult opened = AskForInode(name);
        if (opened.Error == Errno.ENOENT)
        {
            return null;
        }

        Throw(opened, "openat2", "open", name);
        return FileDescriptor.Own(opened.Value);
    }

    /// <inheritdoc/>
    public void Dispose() => descriptor.Dispose();

    private ReadOnlySpan<byte> Check(UnixPath name) => SingleName.Check(path, name);

    private List<UnixPath> ListNames()
    {
        if (isRead)
        {
            FolderLister.Rewind(descriptor, path);
        }

        isRead = true;
        return FolderLister.Read(descriptor, path);
    }

    private FileFacts? Ask(UnixPath name, ReadOnlySpan<byte> terminated)
    {
        NativeResult result = Statx.Get(descriptor, terminated, out StatxBuffer buffer);
        if (result.Error == Errno.ENOENT)
        {
            return null;
        }

        Throw(result, "statx", "ask about", name);
        return FactsReader.Read(buffer);
    }

    private NativeResult AskForInode(UnixPath name) => TreeOpener.Open(descriptor, Check(name), TreeOpener.InodeFlags, below);

    private void CopyMetadata(FileDescriptor source, UnixPath name)
    {
        using FileDescriptor target = OpenInode(name);
        MetadataCopier.Copy(source, target, path.Combine(name));
    }

    private void Throw(NativeResult result, string operation, string attempt, UnixPath name)
    {
        // The path is put together for a failure only.
        if (!result.Succeeded)
        {
            throw result.Failure(operation, attempt, path.Combine(name));
        }
    }
}
