using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>Writes new files out in batches, and waits for each where that spares a flush of the whole file system.</summary>
internal sealed class LinuxWriteBack(LinuxFolder folder) : IWriteBack
{
    // Together, since a disk that is asked for each by itself is woken for each; few enough descriptors.
    private const int BatchLength = 64;

    private readonly List<Held> waiting = [];
    private readonly Queue<Held> begun = [];

    /// <inheritdoc/>
    public bool KeepsOrder { get; } = OrderedJournal.Covers(folder);

    /// <inheritdoc/>
    public void Begin(IFile file)
    {
        FileDescriptor descriptor = LinuxFile.From(file).Descriptor;
        if (!KeepsOrder)
        {
            SyncFileRange.Start(descriptor);
            return;
        }

        waiting.Add(Held.Hold(descriptor));
        if (waiting.Count == BatchLength)
        {
            AwaitAll();
            StartAll();
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        StartAll();
        AwaitAll();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        waiting.ForEach(static held => held.Release());
        waiting.Clear();
        while (begun.TryDequeue(out Held held))
        {
            held.Release();
        }
    }

    private void StartAll()
    {
        foreach (Held held in waiting)
        {
            SyncFileRange.Start(held.Descriptor);
            begun.Enqueue(held);
        }

        waiting.Clear();
    }

    private void AwaitAll()
    {
        while (begun.Count > 0)
        {
            Await();
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
