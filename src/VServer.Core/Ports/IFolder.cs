namespace VServer.Ports;

/// <summary>
/// A folder of a tree held open. Every name given is a single component, nothing follows a symlink and nothing crosses a mount. Failures
/// are <see cref="Errors.TreeException"/>. Its entries are read by one thread at a time; all else may be asked of it by several.
/// </summary>
public interface IFolder : IDisposable
{
    /// <summary>What the kernel said when it was opened.</summary>
    FileFacts Facts { get; }

    /// <summary>All entries but <c>.</c> and <c>..</c>, in no order.</summary>
    IReadOnlyList<FolderEntry> Read();

    /// <summary>All names but <c>.</c> and <c>..</c>, without asking for their inodes.</summary>
    IReadOnlyList<UnixPath> ReadNames();

    /// <summary>Asks about one name; null when it is missing.</summary>
    FileFacts? Find(UnixPath name);

    /// <summary>Opens a folder below; null when it is missing, is no directory (a symlink is none), or is another mount.</summary>
    /// <param name="path">One or several components; a symlink in any of them counts as missing.</param>
    IFolder? TryOpenFolder(UnixPath path);

    /// <summary>Opens a regular file for reading without blocking on a fifo or device and without touching its atime.</summary>
    /// <exception cref="Errors.TreeException">Also when it is no regular file.</exception>
    IFile OpenFile(UnixPath name);

    /// <summary>The same for a name that was just seen to be a regular file, which spares asking what it is before it is opened.</summary>
    /// <param name="name">The name.</param>
    /// <param name="seen">What the kernel said of it.</param>
    /// <exception cref="Errors.TreeException">Also when it is no regular file now.</exception>
    IFile OpenFile(UnixPath name, in FileFacts seen);

    /// <summary>What leads to a name's inode under whatever name it has later; null when the name is missing or the file system gives no handles.</summary>
    byte[]? TryGetHandle(UnixPath name);

    /// <summary>Opens a regular file of this file system by its handle; null when it is there no more.</summary>
    IFile? TryOpenHandle(ReadOnlySpan<byte> handle);

    /// <summary>Creates a file that must not exist, open for reading and writing.</summary>
    IFile CreateFile(UnixPath name, uint permissions);

    /// <summary>Gives the open file's inode another name here, which must not exist.</summary>
    void Link(IFile file, UnixPath name);

    /// <summary>Gives the inode at <paramref name="sourceName"/> another name here without opening it (used where nothing needs comparing).</summary>
    void Link(IFolder source, UnixPath sourceName, UnixPath name);

    /// <summary>Renames within the folder, replacing what is there atomically.</summary>
    void Rename(UnixPath from, UnixPath to);

    /// <summary>Renames from another folder of the file system into this one, replacing what is there atomically.</summary>
    void Move(IFolder source, UnixPath sourceName, UnixPath name);

    /// <summary>Removes a name that is not a folder.</summary>
    void Unlink(UnixPath name);

    /// <summary>Removes an empty folder.</summary>
    void RemoveFolder(UnixPath name);

    /// <summary>Makes a folder and opens it.</summary>
    IFolder CreateFolder(UnixPath name, uint permissions);

    /// <summary>Makes a folder without opening it; its mode is exact only once it was given its metadata.</summary>
    void MakeFolder(UnixPath name, uint permissions);

    /// <summary>Reads a symlink's target.</summary>
    UnixTarget ReadLink(UnixPath name);

    /// <summary>Makes a symlink with that target and copies owner, times and attributes of <paramref name="likeName"/> in <paramref name="like"/>.</summary>
    void CopySymbolicLink(IFolder like, UnixPath likeName, UnixPath name);

    /// <summary>Makes a symlink.</summary>
    void CreateSymbolicLink(UnixPath name, UnixTarget target);

    /// <summary>Makes a fifo or a device node like the other, with its owner, mode, times and attributes.</summary>
    void CopySpecial(IFolder like, UnixPath likeName, UnixPath name);

    /// <summary>Copies owner, group, mode, extended attributes and times of another folder to this one.</summary>
    void CopyMetadataFrom(IFolder source);

    /// <summary>Sets this folder's modification time; the access time stays.</summary>
    void SetModified(FileTime modified);
}
