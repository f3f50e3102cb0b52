using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>Writes new files out one by one, and waits for each where that spares a flush of the whole file system.</summary>
internal sealed class LinuxWriteBack(LinuxFolder folder) : IWriteBack
{
    // Enough for a disk to work on, few enough descriptors; the oldest is mostly written when it is waited for.
    private const int MostBegun = 64;

    private readonly Queue<Held> begun = [];

    /// <inheritdoc/>
    public bool KeepsOrder { get; } = OrderedJournal.Covers(folder);

    /// <inheritdoc/>
    public void Begin(IFile file)
    {
        FileDescriptor descriptor = LinuxFile.From(file).Descriptor;
        SyncFileRange.Start(descriptor);
        if (!KeepsOrder)
        {
            return;
        }

        begun.Enqueue(Held.Hold(descriptor));
        if (begun.Count > MostBegun)
        {
            Await();
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        while (begun.Count > 0)
        {
            Await();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (begun.TryDequeue(out Held held))
        {
            held.Release();
        }
    }

    private void Await()
    {
        Held oldest = begun.Dequeue();
        try
        {
            SyncFileRange.Finish(oldest.Descriptor).ThrowIfFailed("sync_file_range", "write out a new file for", folder.Path);
        }
        finally
        {
            oldest.Release();
        }
    }

    // A descriptor that stays open when its file is disposed.
    private readonly record struct Held(FileDescriptor Descriptor)
    {
        public static Held Hold(FileDescriptor descriptor)
        {
            bool isHeld = false;
            descriptor.DangerousAddRef(ref isHeld);
            return new Held(descriptor);
        }

        public void Release() => Descriptor.DangerousRelease();
    }
}
