using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VServer.Linux.Trees;

/// <summary>Digests of files: the first half of SHA-256, which processors of today compute faster than they read.</summary>
internal static class ContentDigest
{
    private const int ChunkLength = 256 * 1024;

    /// <summary>Reads the whole file.</summary>
    public static UInt128 Compute(LinuxFile file, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            int length;
            for (long offset = 0; (length = file.Read(buffer.AsSpan(0, ChunkLength), ChunkLength, offset).Length) > 0; offset += length)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, length);
            }

            return BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
