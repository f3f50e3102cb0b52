namespace VServer.Ports;

/// <summary>One thread's new files, whose content is on its way to disk while more are made.</summary>
public interface IWriteBack : IDisposable
{
    /// <summary>
    /// True where <see cref="Finish"/> is enough: what is done after it survives a power loss only together with the content and with every
    /// name, link and metadata made before. Elsewhere <see cref="ITreeHost.Flush"/> has to follow.
    /// </summary>
    bool KeepsOrder { get; }

    /// <summary>Has a new file's content written out, at once or with the next ones; the file may be disposed after. May wait for files begun before.</summary>
    /// <exception cref="Errors.TreeException">One could not be written.</exception>
    void Begin(IFile file);

    /// <summary>Returns when the content of all files begun is on disk, where that is enough, and at once elsewhere.</summary>
    /// <exception cref="Errors.TreeException">Something could not be written.</exception>
    void Finish();
}
