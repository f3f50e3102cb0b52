using VServer.Linux.Interop;

namespace VServer.Linux.Trees;

/// <summary>
/// A read lease (fcntl F_SETLEASE): while it is held, whoever opens the file for writing or cuts it short waits, for as long as
/// /proc/sys/fs/lease-break-time says.
/// </summary>
internal sealed class WriterExclusion : IDisposable
{
    /// <summary>SIGURG, ignored by default. The usual signal, SIGIO, would end the process as soon as anybody opens the file for writing.</summary>
    public const int Urgent = 23;

    private readonly FileDescriptor descriptor;

    private WriterExclusion(FileDescriptor descriptor) => this.descriptor = descriptor;

    /// <summary>False from its end on.</summary>
    public bool IsHeld { get; private set; } = true;

    /// <summary>Null when somebody has the file open for writing.</summary>
    public static WriterExclusion? TryTake(FileDescriptor descriptor, UnixPath path)
    {
        // Before the lease, so that there is no moment at which the wrong signal could come.
        FileControl.Control(descriptor, FileControl.SetSignal, Urgent).ThrowIfFailed("fcntl", "choose the lease signal of", path);
        NativeResult result = FileControl.Control(descriptor, FileControl.SetLease, FileControl.ReadLease);
        if (result.Error == Errno.EAGAIN)
        {
            return null;
        }

        result.ThrowIfFailed("fcntl", "keep writers from", path);
        return new WriterExclusion(descriptor);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsHeld = false;

        // A file that was closed first has given its lease back.
        if (!descriptor.IsClosed)
        {
            _ = FileControl.Control(descriptor, FileControl.SetLease, FileControl.NoLease);
        }
    }
}
