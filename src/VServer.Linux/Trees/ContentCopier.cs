using System.Buffers;
using VServer.Errors;
using VServer.Linux.Interop;

namespace VServer.Linux.Trees;

/// <summary>Copies a file's content: by sharing its extents, else its data, with the holes kept.</summary>
internal static class ContentCopier
{
    private delegate void Copier(LinuxFile source, LinuxFile target, long start, long end, CancellationToken cancellation);

    private const int ChunkLength = 128 * 1024;

    // Long enough to be quick, short enough that Ctrl+C is heard.
    private const long KernelChunkLength = 16 * 1024 * 1024;

    /// <summary>Makes the target, which is empty, hold what the source holds.</summary>
    public static void Copy(LinuxFile source, LinuxFile target, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!TryClone(source, target))
        {
            CopyData(source, target, CopyExtent, cancellation);
        }
    }

    /// <summary>The same with no byte on disk shared: the kernel's own copy would share what it can.</summary>
    public static void CopyBytes(LinuxFile source, LinuxFile target, CancellationToken cancellation)
    {
        _ = TryTakeCopyOnWrite(source, target);
        CopyData(source, target, CopyByBuffer, cancellation);
    }

    private static bool TryClone(LinuxFile source, LinuxFile target)
    {
        NativeResult cloned = CloneFile.Clone(target.Descriptor, source.Descriptor);

        // A file without copy-on-write (btrfs) shares with its like alone, and becomes one only while it is empty.
        return cloned.Succeeded
            || (cloned.Error == Errno.EINVAL && TryTakeCopyOnWrite(source, target) && CloneFile.Clone(target.Descriptor, source.Descriptor).Succeeded);
    }

    private static bool TryTakeCopyOnWrite(LinuxFile source, LinuxFile target) =>
        GetInodeAttributes.Get(source.Descriptor, out InodeAttributes wanted).Succeeded
        && GetInodeAttributes.Get(target.Descriptor, out InodeAttributes present).Succeeded
        && ((wanted ^ present) & InodeAttributes.NoCopyOnWrite) != 0
        && SetInodeAttributes.Set(target.Descriptor, present ^ InodeAttributes.NoCopyOnWrite).Succeeded;

    private static void CopyData(LinuxFile source, LinuxFile target, Copier copier, CancellationToken cancellation)
    {
        if (source.Size < ChunkLength && !source.MayHaveHoles && TryCopyAtOnce(source, target, (int)source.Size))
        {
            return;
        }

        long size = source.Remember().Size;
        long position = 0;
        while (position < size && source.FindData(position) is { } start)
        {
            position = Math.Min(source.FindHole(start), size);
            copier(source, target, start, position, cancellation);
        }

        // Also makes the hole at the end, which nothing was written after.
        FTruncate.Truncate(target.Descriptor, size).ThrowIfFailed("ftruncate", "set the length of", target.Path);
    }

    // Most files: one read and one write, where the kernel's own copy takes several calls. False when it has grown since it was asked about.
    private static bool TryCopyAtOnce(LinuxFile source, LinuxFile target, int length)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            // One byte more than there should be.
            ReadOnlySpan<byte> bytes = source.Read(buffer.AsSpan(0, length + 1), length, 0);
            ThrowIfShortened(source, bytes.Length, length);
            if (bytes.Length > length)
            {
                return false;
            }

            target.WriteAt(bytes, 0);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void CopyExtent(LinuxFile source, LinuxFile target, long start, long end, CancellationToken cancellation)
    {
        long from = start;
        long to = start;
        while (from < end)
        {
            cancellation.ThrowIfCancellationRequested();
            NativeResult result = CopyFileRange.Copy(source.Descriptor, ref from, target.Descriptor, ref to, Math.Min(end - from, KernelChunkLength));
            if (result.Error is Errno.EXDEV or Errno.EOPNOTSUPP or Errno.EINVAL or Errno.ENOSYS)
            {
                CopyByBuffer(source, target, from, end, cancellation);
                return;
            }

            result.ThrowIfFailed("copy_file_range", "copy to", target.Path);
            ThrowIfShortened(source, (int)result.Value, 1);
        }
    }

    private static void CopyByBuffer(LinuxFile source, LinuxFile target, long start, long end, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            for (long offset = start; offset < end; offset += ChunkLength)
            {
                cancellation.ThrowIfCancellationRequested();
                int length = (int)Math.Min(end - offset, ChunkLength);
                ReadOnlySpan<byte> bytes = source.Read(buffer.AsSpan(0, length), length, offset);
                ThrowIfShortened(source, bytes.Length, length);
                target.WriteAt(bytes, offset);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void ThrowIfShortened(LinuxFile source, int read, int expected)
    {
        if (read < expected)
        {
            throw new TreeException(ErrorKind.Changed, 0, "read", source.Path, $"Cannot copy '{source.Path}': it was cut short meanwhile. {ErrnoTable.GetAdvice(ErrorKind.Changed)}");
        }
    }
}
