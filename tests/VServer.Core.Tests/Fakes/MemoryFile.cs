using System.Buffers.Binary;
using System.Security.Cryptography;
using VServer.Errors;
using VServer.Ports;

namespace VServer.Core.Tests.Fakes;

/// <summary>A file in memory.</summary>
internal sealed class MemoryFile(MemoryNode node) : IFile
{
    public FileFacts Facts => node.Facts;

    public FileFacts Seen => node.Facts;

    internal MemoryNode Node => node;

    public bool HasSameContent(IFile other, CancellationToken cancellation) => Read().SequenceEqual(((MemoryFile)other).Read());

    public UInt128 ComputeDigest(CancellationToken cancellation) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Read()));

    public byte[] ComputeHash(HashAlgorithmName algorithm, CancellationToken cancellation) =>
        CryptographicOperations.HashData(algorithm, node.Content);

    public bool HasSameAttributes(IFile other) => true;

    public IReadOnlyDictionary<string, byte[]> ReadAttributes() => new Dictionary<string, byte[]>();

    public IDisposable? TryExcludeWriters() => new MemoryStream();

    public byte[] ReadAll(int limit) => node.Content.Length <= limit
        ? [.. node.Content]
        : throw new TreeException(ErrorKind.InvalidData, 0, "memory", null, $"Cannot read it: it has {node.Content.Length} bytes.");

    public void Write(ReadOnlySpan<byte> bytes) => node.Content = [.. node.Content, .. bytes];

    public void CopyContentFrom(IFile source, CancellationToken cancellation) => node.Content = source.ReadAll(int.MaxValue);

    public void CopyBytesFrom(IFile source, CancellationToken cancellation) => CopyContentFrom(source, cancellation);

    public ExtentFacts ReadExtents() => new(null, node.Content.Length, 0);

    public bool TryShareExtents(IFile source, CancellationToken cancellation) => throw new NotSupportedException();

    public void CopyMetadataFrom(IFile source) => node.Permissions = source.Facts.Permissions;

    public void ChangeFlags(InodeFlags set, InodeFlags clear) => throw new NotSupportedException();

    public void Flush()
    {
    }

    public void Dispose()
    {
    }

    private byte[] Read()
    {
        node.Reads++;
        return node.Content;
    }
}
