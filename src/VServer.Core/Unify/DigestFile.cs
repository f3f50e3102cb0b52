using System.Buffers.Binary;
using System.Security.Cryptography;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// The form of the digest memory's file: a head, records of one length, and a SHA-256 of all before it. Numbers are little-endian. A file
/// that is cut short, altered, of another version or of another store is no file: what it held is found out anew.
/// </summary>
internal static class DigestFile
{
    /// <summary>The most records that are kept and read: some ten megabytes.</summary>
    public const int MostEntries = 200_000;

    private const int HeadLength = 40;
    private const int EntryLength = 48;
    private const uint Version = 1;

    private static ReadOnlySpan<byte> Magic => "VSDIGEST"u8;

    /// <summary>The bytes of the file.</summary>
    /// <param name="entries">What is remembered, by inode.</param>
    /// <param name="generation">How often the file was written.</param>
    /// <param name="store">Device and inode of the store's folder.</param>
    public static byte[] Write(IReadOnlyCollection<KeyValuePair<ulong, DigestEntry>> entries, uint generation, (ulong Device, ulong Inode) store)
    {
        byte[] content = new byte[HeadLength + (entries.Count * EntryLength) + SHA256.HashSizeInBytes];
        Magic.CopyTo(content);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(12), generation);
        BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan(16), store.Device);
        BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan(24), store.Inode);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(32), entries.Count);
        Span<byte> rest = content.AsSpan(HeadLength);
        foreach ((ulong inode, DigestEntry entry) in entries)
        {
            Write(rest, inode, entry);
            rest = rest[EntryLength..];
        }

        SHA256.HashData(content.AsSpan(0, content.Length - SHA256.HashSizeInBytes), rest);
        return content;
    }

    /// <summary>What a file holds; null when it is not what <see cref="Write(IReadOnlyCollection{KeyValuePair{ulong, DigestEntry}}, uint, ValueTuple{ulong, ulong})"/> made for this store.</summary>
    public static Dictionary<ulong, DigestEntry>? TryRead(ReadOnlySpan<byte> content, (ulong Device, ulong Inode) store, out uint generation)
    {
        generation = 0;
        if (!IsSound(content, store))
        {
            return null;
        }

        generation = BinaryPrimitives.ReadUInt32LittleEndian(content[12..]);
        ReadOnlySpan<byte> rest = content[HeadLength..^SHA256.HashSizeInBytes];
        Dictionary<ulong, DigestEntry> entries = new(rest.Length / EntryLength);
        for (; !rest.IsEmpty; rest = rest[EntryLength..])
        {
            entries[BinaryPrimitives.ReadUInt64LittleEndian(rest)] = Read(rest);
        }

        return entries;
    }

    private static bool IsSound(ReadOnlySpan<byte> content, (ulong Device, ulong Inode) store)
    {
        if (content.Length < HeadLength + SHA256.HashSizeInBytes
            || !content.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(content[8..]) != Version
            || (BinaryPrimitives.ReadUInt64LittleEndian(content[16..]), BinaryPrimitives.ReadUInt64LittleEndian(content[24..])) != store)
        {
            return false;
        }

        long count = BinaryPrimitives.ReadInt64LittleEndian(content[32..]);
        return count is >= 0 and <= MostEntries
            && content.Length == HeadLength + (count * EntryLength) + SHA256.HashSizeInBytes
            && SHA256.HashData(content[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(content[^SHA256.HashSizeInBytes..]);
    }

    private static void Write(Span<byte> record, ulong inode, in DigestEntry entry)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(record, inode);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], entry.Changed.Seconds);
        BinaryPrimitives.WriteUInt32LittleEndian(record[16..], entry.Changed.Nanoseconds);
        BinaryPrimitives.WriteUInt32LittleEndian(record[20..], entry.LastMet);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], entry.Size);
        BinaryPrimitives.WriteUInt128LittleEndian(record[32..], entry.Digest);
    }

    private static DigestEntry Read(ReadOnlySpan<byte> record) => new(
        new FileTime(BinaryPrimitives.ReadInt64LittleEndian(record[8..]), BinaryPrimitives.ReadUInt32LittleEndian(record[16..])),
        BinaryPrimitives.ReadInt64LittleEndian(record[24..]),
        BinaryPrimitives.ReadUInt128LittleEndian(record[32..]),
        BinaryPrimitives.ReadUInt32LittleEndian(record[20..]));
}
