using System.Buffers;

namespace VServer.Linux.Trees;

/// <summary>
/// Compares the bytes of two files by reading both. Mapping them would save a copy, but a mapped file that somebody cuts short kills the
/// process with SIGBUS, and a guest's files are somebody else's.
/// </summary>
internal static class ContentComparer
{
    private const int ChunkLength = 128 * 1024;

    /// <summary>True when both hold the same bytes.</summary>
    public static bool AreEqual(LinuxFile left, LinuxFile right, long size, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * ChunkLength);
        try
        {
            Span<byte> first = buffer.AsSpan(0, ChunkLength);
            Span<byte> second = buffer.AsSpan(ChunkLength, ChunkLength);
            for (long offset = 0; offset < size; offset += ChunkLength)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!left.Read(first, offset).SequenceEqual(right.Read(second, offset)))
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
}
