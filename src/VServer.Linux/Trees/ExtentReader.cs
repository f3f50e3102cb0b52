using System.Buffers.Binary;
using System.Security.Cryptography;
using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>Finds out where on disk a file's bytes are, and which of them other files have too.</summary>
internal static class ExtentReader
{
    // The question and 72 extents: most files have one.
    private const int BufferLength = 32 + (72 * 56);
    private const int RecordLength = 4 * sizeof(ulong);

    /// <summary>Reads the whole map.</summary>
    public static ExtentFacts Read(LinuxFile file)
    {
        Span<byte> buffer = stackalloc byte[BufferLength];
        using IncrementalHash places = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ExtentFacts facts = default;
        bool isKnown = true;
        FileExtent pending = default;
        ulong start = 0;
        bool isLast;
        do
        {
            MapExtents.Get(file.Descriptor, start, buffer, out ReadOnlySpan<FileExtent> extents)
                .ThrowIfFailed("FS_IOC_FIEMAP", "find the extents of", file.Path);
            isLast = extents.IsEmpty;
            foreach (FileExtent extent in extents)
            {
                facts = Count(facts, extent);
                isKnown &= (extent.Flags & FileExtent.Unknown) == 0;
                pending = Join(pending, extent, places);
                start = extent.Logical + extent.Length;
                isLast |= (extent.Flags & FileExtent.Last) != 0;
            }
        }
        while (!isLast);

        Append(places, pending);
        return facts with { Place = isKnown ? BinaryPrimitives.ReadUInt128BigEndian(places.GetHashAndReset()) : null };
    }

    private static ExtentFacts Count(in ExtentFacts facts, in FileExtent extent) =>
        (extent.Flags & FileExtent.Inline) != 0 ? facts
        : (extent.Flags & FileExtent.Shared) != 0 ? facts with { SharedBytes = facts.SharedBytes + (long)extent.Length }
        : facts with { OwnBytes = facts.OwnBytes + (long)extent.Length };

    // Two files may tell one place in pieces of different length.
    private static FileExtent Join(in FileExtent before, in FileExtent next, IncrementalHash places)
    {
        bool isContinued = before.Length > 0
            && before.Logical + before.Length == next.Logical
            && before.Physical + before.Length == next.Physical
            && (before.Flags & FileExtent.Unwritten) == (next.Flags & FileExtent.Unwritten);
        if (isContinued)
        {
            return before with { Length = before.Length + next.Length };
        }

        Append(places, before);
        return next;
    }

    private static void Append(IncrementalHash places, in FileExtent extent)
    {
        if (extent.Length == 0)
        {
            return;
        }

        Span<byte> record = stackalloc byte[RecordLength];
        BinaryPrimitives.WriteUInt64BigEndian(record, extent.Logical);
        BinaryPrimitives.WriteUInt64BigEndian(record[sizeof(ulong)..], extent.Physical);
        BinaryPrimitives.WriteUInt64BigEndian(record[(2 * sizeof(ulong))..], extent.Length);
        BinaryPrimitives.WriteUInt64BigEndian(record[(3 * sizeof(ulong))..], extent.Flags & FileExtent.Unwritten);
        places.AppendData(record);
    }
}
