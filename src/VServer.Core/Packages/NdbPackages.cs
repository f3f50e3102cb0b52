using System.Buffers.Binary;

namespace VServer.Packages;

/// <summary>
/// Takes the package headers out of rpm's own database form, ndb (its source, lib/backend/ndb/rpmpkg.c): a page or more of slots, each with a
/// number, the first block and the count of blocks of a blob; a blob has a head, a header and a tail.
/// </summary>
internal static class NdbPackages
{
    private const int HeadSize = 16;
    private const int TailSize = 12;
    private const int SlotSize = 16;
    private const int BlockSize = 16;
    private const int PageSize = 4096;
    private const int DatabaseHeaderSize = 32;

    private static ReadOnlySpan<byte> DatabaseMagic => "RpmP"u8;

    private static ReadOnlySpan<byte> SlotMagic => "Slot"u8;

    private static ReadOnlySpan<byte> HeadMagic => "BlbS"u8;

    private static ReadOnlySpan<byte> TailMagic => "BlbE"u8;

    // What stands before a header wherever it is in no database.
    private static ReadOnlySpan<byte> HeaderMagic => [0x8e, 0xad, 0xe8, 0x01, 0, 0, 0, 0];

    /// <summary>All headers one after the other, as <c>rpmdb --exportdb</c> writes them.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public static ReadOnlyMemory<byte> Read(DatabaseFile file, ReadOnlyMemory<byte> content)
    {
        ReadOnlySpan<byte> bytes = content.Span;
        if (bytes.Length < DatabaseHeaderSize || !bytes.StartsWith(DatabaseMagic) || Number(bytes, 4) != 0)
        {
            throw file.Invalid("is not of the form that rpm calls ndb, version 0");
        }

        long slotsEnd = (long)Number(bytes, 12) * PageSize;
        if (slotsEnd > bytes.Length)
        {
            throw file.Invalid("is cut short");
        }

        using MemoryStream headers = new();
        for (int slot = DatabaseHeaderSize; slot < slotsEnd; slot += SlotSize)
        {
            Take(file, bytes, slot, headers);
            if (headers.Length > bytes.Length)
            {
                throw file.Invalid("has slots that overlap");
            }
        }

        return headers.GetBuffer().AsMemory(0, (int)headers.Length);
    }

    private static void Take(DatabaseFile file, ReadOnlySpan<byte> bytes, int slot, MemoryStream headers)
    {
        if (!bytes[slot..].StartsWith(SlotMagic))
        {
            throw file.Invalid("has a slot that is none");
        }

        long start = (long)Number(bytes, slot + 8) * BlockSize;
        long length = (long)Number(bytes, slot + 12) * BlockSize;
        if (start == 0)
        {
            return;
        }

        if (length < HeadSize + TailSize || start + length > bytes.Length)
        {
            throw file.Invalid("is cut short");
        }

        ReadOnlySpan<byte> blob = bytes.Slice((int)start, (int)length);
        uint size = Number(blob, 12);
        if (!blob.StartsWith(HeadMagic) || !blob[^4..].SequenceEqual(TailMagic) || Number(blob, 4) != Number(bytes, slot + 4) || size > length - HeadSize - TailSize)
        {
            throw file.Invalid("has a package that is not whole");
        }

        headers.Write(HeaderMagic);
        headers.Write(blob.Slice(HeadSize, (int)size));
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
