using System.Buffers;
using VServer.Linux.Interop;

namespace VServer.Linux.Trees;

/// <summary>Copies a file's content: by sharing its extents, else its data, with the holes kept.</summary>
internal static class ContentCopier
{
    private const int ChunkLength = 128 * 1024;

    // Long enough to be quick, short enough that Ctrl+C is heard.
    private const long KernelChunkLength = 16 * 1024 * 1024;

    /// <summary>Makes the target, which is empty, hold what the source holds.</summary>
    public static void Copy(LinuxFile source, LinuxFile target, CancellationToken cancellation)
    {
        if (CloneFile.Clone(target.Descriptor, source.Descriptor).Succeeded)
        {
            return;
        }

        long size = source.Facts.Size;
        long position = 0;
        while (position < size && source.FindData(position) is { } start)
        {
            position = CopyExtent(source, target, start, Math.Min(source.FindHole(start), size), cancellation);
        }

        // Also makes the hole at the end, which nothing was written after.
        FTruncate.Truncate(target.Descriptor, size).ThrowIfFailed("ftruncate", "set the length of", target.Path);
    }

    private static long CopyExtent(LinuxFile source, LinuxFile target, long start, long end, CancellationToken cancellation)
    {
        long from = start;
        long to = start;
        while (from < end)
        {
            cancellation.ThrowIfCancellationRequested();
            NativeResult result = CopyFileRange.Copy(source.Descriptor, ref from, target.Descriptor, ref to, Math.Min(end - from, KernelChunkLength));
            if (result.Error is Errno.EXDEV or Errno.EOPNOTSUPP or Errno.EINVAL or Errno.ENOSYS)
            {
                return CopyByBuffer(source, target, from, end, cancellation);
            }

            result.ThrowIfFailed("copy_file_range", "copy to", target.Path);
            if (result.Value == 0)
            {
                // The source was cut short meanwhile.
                return end;
            }
        }

        return end;
    }

    private static long CopyByBuffer(LinuxFile source, LinuxFile target, long start, long end, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            for (long offset = start; offset < end; offset += ChunkLength)
            {
                cancellation.ThrowIfCancellationRequested();
                int length = (int)Math.Min(end - offset, ChunkLength);
                target.WriteAt(source.Read(buffer.AsSpan(0, length), length, offset), offset);
            }

            return end;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
