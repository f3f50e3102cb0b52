using System.Security.Cryptography;

namespace VServer.Ports;

/// <summary>A regular file held open. Not for use by two threads at once.</summary>
public interface IFile : IDisposable
{
    /// <summary>Asks the kernel again.</summary>
    FileFacts Facts { get; }

    /// <summary>What the kernel said when it was last asked, which was when the file was opened or later.</summary>
    FileFacts Seen { get; }

    /// <summary>Compares the bytes of two open files.</summary>
    /// <param name="other">The one that is compared with many, if either is: while writers are kept from it, its bytes need be read once only.</param>
    /// <param name="cancellation">Ends the comparing between two pieces.</param>
    bool HasSameContent(IFile other, CancellationToken cancellation);

    /// <summary>Compares all extended attributes (ACLs, capabilities and labels are such), leaving the order aside.</summary>
    bool HasSameAttributes(IFile other);

    /// <summary>All extended attributes, values by name, for telling how two files differ.</summary>
    IReadOnlyDictionary<string, byte[]> ReadAttributes();

    /// <summary>A digest of the bytes, for telling many files apart: equal files have equal digests; equality is still proven by bytes.</summary>
    UInt128 ComputeDigest(CancellationToken cancellation);

    /// <summary>The digest of the bytes by the algorithm that somebody else chose, as a package database does.</summary>
    byte[] ComputeHash(HashAlgorithmName algorithm, CancellationToken cancellation);

    /// <summary>
    /// Keeps writers out until the result is disposed: null when somebody has the file open for writing now (fcntl F_SETLEASE).
    /// </summary>
    IDisposable? TryExcludeWriters();

    /// <summary>Reads the whole file.</summary>
    /// <param name="limit">The most bytes that may be read; a larger file is an error of kind InvalidData.</param>
    byte[] ReadAll(int limit);

    /// <summary>Writes the bytes at the end.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Copies the other's content here: reflink first, else data extents with holes kept.</summary>
    void CopyContentFrom(IFile source, CancellationToken cancellation);

    /// <summary>Copies the other's content here so that no byte on disk is shared, with holes kept.</summary>
    void CopyBytesFrom(IFile source, CancellationToken cancellation);

    /// <summary>Finds out where on disk the bytes are; those that still wait to be written have no place yet.</summary>
    ExtentFacts ReadExtents();

    /// <summary>
    /// Gives this file the other's bytes on disk in place of its own, when they are equal: the kernel compares and shares in one step
    /// (FIDEDUPERANGE). Both stay files of their own, no time of theirs changes, and a write to one is not seen in the other.
    /// </summary>
    /// <returns>False when the bytes differ; nothing was changed then.</returns>
    bool TryShareExtents(IFile source, CancellationToken cancellation);

    /// <summary>Copies owner, group, mode, extended attributes and times, so that the metadata gate sees no difference.</summary>
    void CopyMetadataFrom(IFile source);

    /// <summary>Sets or clears attributes, leaving all others as they are, and reads them back (some file systems lie).</summary>
    void ChangeFlags(InodeFlags set, InodeFlags clear);

    /// <summary>Makes the file's content survive a power loss.</summary>
    void Flush();
}
