using System.Buffers;
using System.Security.Cryptography;
using VServer.Errors;
using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>A regular file held open.</summary>
internal sealed class LinuxFile : IFile
{
    private readonly FileDescriptor descriptor;
    private readonly UnixPath folder;
    private readonly UnixPath name;

    // As last asked about; spares asking again.
    private SeenInode seen;

    // Kept while writers are: what is compared with many is read once.
    private WriterExclusion? exclusion;
    private byte[]? kept;
    private int keptLength;

    private LinuxFile(FileDescriptor descriptor, UnixPath folder, UnixPath name)
    {
        this.descriptor = descriptor;
        this.folder = folder;
        this.name = name;
    }

    /// <summary>The descriptor; stays ours.</summary>
    public FileDescriptor Descriptor => descriptor;

    /// <summary>Where it was when it was opened, for messages.</summary>
    public UnixPath Path => folder.Combine(name);

    /// <summary>How long it was when last asked about.</summary>
    public long Size => seen.Facts.Size;

    /// <summary>True when fewer bytes were on disk than the file was long.</summary>
    public bool MayHaveHoles => seen.Facts.AllocatedBytes < seen.Facts.Size;

    /// <inheritdoc/>
    public FileFacts Facts => Ask().Facts;

    /// <inheritdoc/>
    public FileFacts Seen => seen.Facts;

    /// <summary>Ours, or a programmer's mistake: trees of two hosts cannot be mixed.</summary>
    public static LinuxFile From(IFile file) =>
        file as LinuxFile ?? throw new ArgumentException("The file was not opened by this tree host.", nameof(file));

    /// <summary>Takes over an open descriptor.</summary>
    /// <exception cref="TreeException">It is a device, fifo or socket that lies where a file should be.</exception>
    public static LinuxFile OwnRegular(nint value, UnixPath folder, UnixPath name)
    {
        LinuxFile file = new(FileDescriptor.Own(value), folder, name);
        try
        {
            RequireRegular(file.Remember().Kind, folder, name);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Refuses what cannot be read like a file.</summary>
    /// <exception cref="TreeException">It is a device, fifo, socket, folder or symlink.</exception>
    public static void RequireRegular(FileKind kind, UnixPath folder, UnixPath name)
    {
        if (kind != FileKind.Regular)
        {
            UnixPath where = folder.Combine(name);
            throw new TreeException(ErrorKind.InvalidData, 0, "openat2", where, $"Cannot open '{where}': it is a {kind} and no regular file. {ErrnoTable.GetAdvice(ErrorKind.InvalidData)}");
        }
    }

    /// <summary>Takes over the descriptor of a file just created, and gives it exactly these mode bits.</summary>
    public static LinuxFile OwnNew(nint value, UnixPath folder, UnixPath name, uint permissions)
    {
        LinuxFile file = new(FileDescriptor.Own(value), folder, name);
        try
        {
            if (file.Remember().Permissions != permissions)
            {
                MetadataCopier.SetPermissions(file.descriptor, permissions, file.Path);
                file.Remember();
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool HasSameContent(IFile other, CancellationToken cancellation)
    {
        LinuxFile right = From(other);
        if (Size == right.Size && ContentComparer.AreEqual(this, right, Size, cancellation))
        {
            return true;
        }

        // Different, unless one was written to since it was last asked about.
        (long before, long beforeRight) = (Size, right.Size);
        bool isStale = Remember().Size != before | right.Remember().Size != beforeRight;
        return isStale && Size == right.Size && ContentComparer.AreEqual(this, right, Size, cancellation);
    }

    /// <inheritdoc/>
    public bool HasSameAttributes(IFile other)
    {
        LinuxFile right = From(other);
        return AttributeComparer.AreEqual(descriptor, name, right.descriptor, right.name);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, byte[]> ReadAttributes() => AttributeReader.Read(descriptor, name, static _ => true);

    /// <inheritdoc/>
    public UInt128 ComputeDigest(CancellationToken cancellation) => ContentDigest.Compute(this, cancellation);

    /// <inheritdoc/>
    public byte[] ComputeHash(HashAlgorithmName algorithm, CancellationToken cancellation) => ContentDigest.Compute(this, algorithm, cancellation);

    /// <inheritdoc/>
    public IDisposable? TryExcludeWriters() => exclusion = WriterExclusion.TryTake(descriptor, name);

    /// <inheritdoc/>
    public byte[] ReadAll(int limit)
    {
        long length = Facts.Size;
        if (length > limit)
        {
            throw new TreeException(ErrorKind.InvalidData, 0, "pread", Path, $"Cannot read '{Path}': it has {length} bytes, and {limit} is the most that makes sense. {ErrnoTable.GetAdvice(ErrorKind.InvalidData)}");
        }

        byte[] content = new byte[length];
        int read = Read(content, content.Length, 0).Length;
        return read == content.Length ? content : content[..read];
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes) => WriteAt(bytes, Facts.Size);

    /// <inheritdoc/>
    public void CopyContentFrom(IFile source, CancellationToken cancellation) => ContentCopier.Copy(From(source), this, cancellation);

    /// <inheritdoc/>
    public void CopyBytesFrom(IFile source, CancellationToken cancellation) => ContentCopier.CopyBytes(From(source), this, cancellation);

    /// <inheritdoc/>
    public ExtentFacts ReadExtents() => ExtentReader.Read(this);

    /// <inheritdoc/>
    public bool TryShareExtents(IFile source, CancellationToken cancellation)
    {
        LinuxFile from = From(source);

        // All or nothing: several pieces are known to be equal before the first is shared.
        bool isOnePiece = Remember().Size <= ExtentSharer.PieceLength;
        return (isOnePiece || HasSameContent(from, cancellation)) && ExtentSharer.TryShare(from, this, cancellation);
    }

    /// <inheritdoc/>
    public void CopyMetadataFrom(IFile source)
    {
        LinuxFile from = From(source);
        MetadataCopier.Copy(from.descriptor, from.seen, descriptor, seen.Facts, Path);
    }

    /// <inheritdoc/>
    public void ChangeFlags(InodeFlags set, InodeFlags clear) => FlagChanger.Change(descriptor, set, clear, Path);

    /// <inheritdoc/>
    public void Flush() => FSync.Flush(descriptor).ThrowIfFailed("fsync", "flush", Path);

    /// <summary>Asks the kernel again and keeps what reading needs to know.</summary>
    public FileFacts Remember()
    {
        seen = Ask();
        return seen.Facts;
    }

    /// <summary>The bytes of a whole file with one more that there should not be, kept at hand while writers are kept out.</summary>
    /// <param name="buffer">Where to put them when they are not kept.</param>
    /// <param name="expected">How many there should be.</param>
    public ReadOnlySpan<byte> ReadWhole(Span<byte> buffer, int expected)
    {
        if (exclusion is not { IsHeld: true })
        {
            return Read(buffer[..(expected + 1)], expected, 0);
        }

        if (kept is null)
        {
            kept = ArrayPool<byte>.Shared.Rent(expected + 1);
            keptLength = Read(kept.AsSpan(0, expected + 1), expected, 0).Length;
        }

        return kept.AsSpan(0, keptLength);
    }

    /// <summary>Reads from an offset on until there is enough; less only at the end of the file.</summary>
    public ReadOnlySpan<byte> Read(Span<byte> buffer, int enough, long offset)
    {
        int length = 0;
        do
        {
            NativeResult result = PRead.Read(descriptor, buffer[length..], offset + length);
            if (!result.Succeeded)
            {
                throw result.Failure("pread", "read", Path);
            }

            if (result.Value == 0)
            {
                break;
            }

            length += (int)result.Value;
        }
        while (length < enough);

        return buffer[..length];
    }

    /// <summary>The offset of the next data from an offset on; null when only a hole follows.</summary>
    public long? FindData(long offset)
    {
        NativeResult result = LSeek.Seek(descriptor, offset, LSeek.ToData);
        if (result.Error == Errno.ENXIO)
        {
            return null;
        }

        return result.Succeeded ? result.Value : throw result.Failure("lseek", "find the data of", Path);
    }

    /// <summary>The offset of the next hole from an offset on; the end of the file is one.</summary>
    public long FindHole(long offset)
    {
        NativeResult result = LSeek.Seek(descriptor, offset, LSeek.ToHole);
        return result.Succeeded ? result.Value : throw result.Failure("lseek", "find the holes of", Path);
    }

    /// <summary>Writes all bytes at an offset.</summary>
    public void WriteAt(ReadOnlySpan<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            NativeResult result = PWrite.Write(descriptor, bytes, offset);
            if (!result.Succeeded)
            {
                throw result.Failure("pwrite", "write to", Path);
            }

            bytes = bytes[(int)result.Value..];
            offset += result.Value;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        descriptor.Dispose();
        exclusion?.Dispose();
        if (kept is not null)
        {
            ArrayPool<byte>.Shared.Return(kept);
            kept = null;
        }
    }

    private SeenInode Ask()
    {
        // The path is put together for a failure only.
        NativeResult result = SeenInode.TryAsk(descriptor, out SeenInode now);
        return result.Succeeded ? now : throw result.Failure("statx", "ask about", Path);
    }
}
