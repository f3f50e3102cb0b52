namespace VServer.Ports;

/// <summary>The host's side of a store: folders and the small files that belong to the host, not to a guest.</summary>
public interface IStoreHost
{
    /// <summary>True when the caller may do what a store needs (effective user id 0).</summary>
    bool IsRoot { get; }

    /// <summary>True when the folder exists.</summary>
    bool FolderExists(string path);

    /// <summary>True when anything has this name, a dangling symlink too.</summary>
    bool Exists(string path);

    /// <summary>Makes a folder and those above it, with mode 0700 for each that was missing.</summary>
    void CreatePrivateFolder(string path);

    /// <summary>True when any user of the host can get to it: nothing above it, nor itself, keeps others out. False when it is missing.</summary>
    bool IsOpenToAll(string path);

    /// <summary>Device number and inode of a folder: what tells two stores and two file systems apart.</summary>
    (ulong Device, ulong Inode) Identify(string path);

    /// <summary>File names in a folder that end so, in ordinal order; none when the folder is missing.</summary>
    IReadOnlyList<string> ListFiles(string folder, string suffix);

    /// <summary>True when files of the file system that a regular file is on can share bytes on disk (reflink); asking changes nothing.</summary>
    bool SharesExtents(string file);

    /// <summary>Reads a small file; null when it is missing.</summary>
    byte[]? TryRead(string path);

    /// <summary>Writes a temporary beside, fsyncs it, renames it over and fsyncs the folder; mode 0600.</summary>
    void WriteAtomically(string path, ReadOnlySpan<byte> content);

    /// <summary>Removes temporaries of writers that were killed, as the next writer in the folder would; nothing where there is no folder.</summary>
    void RemoveLeftOvers(string folder);

    /// <summary>Removes a file; nothing happens when it is missing.</summary>
    void DeleteFile(string path);

    /// <summary>Renames a file or folder within one file system; fails when the target exists.</summary>
    void Move(string from, string to);

    /// <summary>
    /// Removes a whole tree without following a symlink or crossing a mount. Guards (immutable flags) are taken off only from inodes that
    /// no name outside the tree shares; nothing happens when it is missing.
    /// </summary>
    void DeleteTree(string path, CancellationToken cancellation);

    /// <summary>The same, telling the handles of inodes with names elsewhere before their guard is lifted for a moment, a folder's at a time.</summary>
    void DeleteTree(string path, Action<IReadOnlyList<byte[]>> lifting, CancellationToken cancellation);

    /// <summary>Absolute paths, in display form, of what is mounted strictly below a folder.</summary>
    IReadOnlyList<string> MountsWithin(string path);

    /// <summary>The type of the file system that a folder is on, as mount names it, e.g. <c>ext4</c>; empty when the kernel does not say.</summary>
    string FileSystemOf(string path);

    /// <summary>Opens a file for appending whole records, each written with one call; made when missing, mode 0600; held until it is closed, so that a journal whose run is alive is known.</summary>
    IJournalFile OpenJournal(string path);

    /// <summary>Holds a file as its maker does for as long as it lives; null when somebody holds it, or it is missing.</summary>
    IDisposable? TryHold(string path);

    /// <summary>Waits for a file, made when missing, that one at a time may have, until it is disposed.</summary>
    IDisposable Lock(string path);

    /// <summary>User id ranges that the host gives to users or other programs (passwd, subuid), as first and last id.</summary>
    IReadOnlyList<(uint First, uint Last)> ReservedIds();
}
