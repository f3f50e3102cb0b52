namespace VServer.Ports;

/// <summary>Opens trees on the host.</summary>
public interface ITreeHost
{
    /// <summary>Opens a tree's root by its absolute path. The path is the host's own and validated; symlinks in it are followed, its last component must be a folder.</summary>
    /// <exception cref="Errors.TreeException">It cannot be opened.</exception>
    IFolder OpenRoot(string path);

    /// <summary>
    /// Opens the root of a running system, whose folders may be on several file systems: the one tree whose mounts are crossed. All else is
    /// as with <see cref="OpenRoot"/>.
    /// </summary>
    /// <exception cref="Errors.TreeException">It cannot be opened.</exception>
    IFolder OpenSystem(string path);

    /// <summary>Makes what was written to the file system of <paramref name="folder"/> survive a power loss.</summary>
    void Flush(IFolder folder);

    /// <summary>Takes new files of one thread in the file system of <paramref name="folder"/>, which stays open as long.</summary>
    IWriteBack BeginWriteBack(IFolder folder);
}
