using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VServer.Linux.Trees;

/// <summary>Digests of files. To tell files apart the first half of SHA-256 is enough, which processors of today compute faster than they read.</summary>
internal static class ContentDigest
{
    private const int ChunkLength = 256 * 1024;

    /// <summary>A digest to tell files apart by.</summary>
    public static UInt128 Compute(LinuxFile file, CancellationToken cancellation) =>
        BinaryPrimitives.ReadUInt128BigEndian(Compute(file, HashAlgorithmName.SHA256, cancellation));

    /// <summary>Reads the whole file.</summary>
    public static byte[] Compute(LinuxFile file, HashAlgorithmName algorithm, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        using IncrementalHash hash = IncrementalHash.CreateHash(algorithm);
        try
        {
            int length;
            for (long offset = 0; (length = file.Read(buffer.AsSpan(0, ChunkLength), ChunkLength, offset).Length) > 0; offset += length)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, length);
            }

            return hash.GetHashAndReset();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
