using System.Buffers;

namespace VServer.Linux.Trees;

/// <summary>
/// Compares the bytes of two files by reading both. Mapping them would save a copy, but a mapped file that somebody cuts short kills the
/// process with SIGBUS, and a guest's files are somebody else's.
/// </summary>
internal static class ContentComparer
{
    // Two of them stay in a core's second-level cache.
    private const int ChunkLength = 128 * 1024;

    /// <summary>True when both hold the same bytes, and exactly as many as was expected.</summary>
    public static bool AreEqual(LinuxFile left, LinuxFile right, long size, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * ChunkLength);
        try
        {
            if (size < ChunkLength)
            {
                cancellation.ThrowIfCancellationRequested();
                return IsWholeEqual(left, right, buffer, (int)size);
            }

            bool mayHaveHoles = size > ChunkLength && left.MayHaveHoles && right.MayHaveHoles;
            for (long offset = 0; offset <= size; offset += ChunkLength)
            {
                cancellation.ThrowIfCancellationRequested();
                offset = mayHaveHoles ? SkipHoles(left, right, offset, size) : offset;
                if (!IsChunkEqual(left, right, buffer, offset, size))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Most files.
    private static bool IsWholeEqual(LinuxFile left, LinuxFile right, byte[] buffer, int size)
    {
        ReadOnlySpan<byte> first = left.Read(buffer.AsSpan(0, size + 1), size, 0);
        ReadOnlySpan<byte> second = right.ReadWhole(buffer.AsSpan(ChunkLength, ChunkLength), size);
        return first.Length == size && first.SequenceEqual(second);
    }

    private static bool IsChunkEqual(LinuxFile left, LinuxFile right, byte[] buffer, long offset, long size)
    {
        // One byte more than is expected: a file that has grown shows itself without another call.
        int expected = (int)Math.Min(size - offset, ChunkLength);
        int asked = (int)Math.Min(size - offset + 1, ChunkLength);
        ReadOnlySpan<byte> first = left.Read(buffer.AsSpan(0, asked), expected, offset);
        ReadOnlySpan<byte> second = right.Read(buffer.AsSpan(ChunkLength, asked), expected, offset);
        return first.Length == expected && first.SequenceEqual(second);
    }

    // Where both have a hole, both have zeros.
    private static long SkipHoles(LinuxFile left, LinuxFile right, long offset, long size) =>
        Math.Min(left.FindData(offset) ?? size, right.FindData(offset) ?? size);
}
