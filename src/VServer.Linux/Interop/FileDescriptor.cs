using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>An open file descriptor, owned from the moment the kernel gave it.</summary>
internal sealed partial class FileDescriptor : SafeHandle
{
    /// <summary>Room for <see cref="WriteProcPath"/>.</summary>
    public const int ProcPathLength = 32;

    /// <summary>AT_FDCWD: absolute paths only.</summary>
    public static readonly FileDescriptor CurrentDirectory = new(-100, ownsHandle: false);

    private FileDescriptor(nint value, bool ownsHandle)
        : base(-1, ownsHandle) => SetHandle(value);

    /// <summary>
    /// True once a lock was taken by it. That is given back before it is closed: a process that another thread is just starting has a copy of
    /// each descriptor until it has become its program, close-on-exec or not, and the lock would live as long.
    /// </summary>
    public bool HoldsLock { get; set; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == -1;

    /// <summary>Takes over what a system call returned.</summary>
    public static FileDescriptor Own(nint value) => new(value, ownsHandle: true);

    /// <summary>
    /// Writes the NUL-terminated path under /proc that leads to this very inode, for the calls that take no O_PATH descriptor. The caller
    /// keeps the descriptor alive until the call is over.
    /// </summary>
    public ReadOnlySpan<byte> WriteProcPath(Span<byte> buffer)
    {
        ReadOnlySpan<byte> prefix = "/proc/self/fd/"u8;
        prefix.CopyTo(buffer);
        Utf8Formatter.TryFormat((int)handle, buffer[prefix.Length..], out int digits);
        buffer[prefix.Length + digits] = 0;
        return buffer[..(prefix.Length + digits + 1)];
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (HoldsLock)
        {
            FLock.Release((int)handle);
        }

        // Linux has let go of the descriptor whatever close returns; a retry could close somebody else's.
        _ = Close((int)handle);
        return true;
    }

    [LibraryImport(Library.C, EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
