using System.Security.Cryptography;
using VServer.Ports;

namespace VServer.Linux.Tests.Trees;

/// <summary>A real file whose comparisons and copies are told to the host when they are done, and changes of its flags before.</summary>
internal sealed class WatchedFile : IFile
{
    private readonly WatchedTreeHost host;
    private readonly IFile real;
    private readonly string path;

    public WatchedFile(WatchedTreeHost host, IFile real, string path)
    {
        (this.host, this.real, this.path) = (host, real, path);
        host.Opened.Add(real.Facts.Inode);
    }

    public FileFacts Facts => real.Facts;

    public FileFacts Seen => real.Seen;

    public static IFile Real(IFile file) => ((WatchedFile)file).real;

    public bool HasSameContent(IFile other, CancellationToken cancellation)
    {
        bool same = real.HasSameContent(Real(other), cancellation);
        host.Meet(nameof(HasSameContent), path);
        return same;
    }

    public bool HasSameAttributes(IFile other) => real.HasSameAttributes(Real(other));

    public IReadOnlyDictionary<string, byte[]> ReadAttributes() => real.ReadAttributes();

    public UInt128 ComputeDigest(CancellationToken cancellation) => real.ComputeDigest(cancellation);

    public byte[] ComputeHash(HashAlgorithmName algorithm, CancellationToken cancellation) => real.ComputeHash(algorithm, cancellation);

    public IDisposable? TryExcludeWriters() => real.TryExcludeWriters();

    public byte[] ReadAll(int limit) => real.ReadAll(limit);

    public void Write(ReadOnlySpan<byte> bytes) => real.Write(bytes);

    public void CopyContentFrom(IFile source, CancellationToken cancellation)
    {
        real.CopyContentFrom(Real(source), cancellation);
        host.Meet(nameof(CopyContentFrom), ((WatchedFile)source).path);
    }

    public void CopyBytesFrom(IFile source, CancellationToken cancellation)
    {
        real.CopyBytesFrom(Real(source), cancellation);
        host.Meet(nameof(CopyContentFrom), ((WatchedFile)source).path);
    }

    public ExtentFacts ReadExtents() => real.ReadExtents();

    public bool TryShareExtents(IFile source, CancellationToken cancellation) => real.TryShareExtents(Real(source), cancellation);

    public void CopyMetadataFrom(IFile source) => real.CopyMetadataFrom(Real(source));

    public void ChangeFlags(InodeFlags set, InodeFlags clear)
    {
        host.Meet(nameof(ChangeFlags), path);
        real.ChangeFlags(set, clear);
    }

    public void Flush() => real.Flush();

    public void Dispose() => real.Dispose();
}
