using System.Buffers.Binary;
using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Packages;
using Xunit;

namespace VServer.Core.Tests.Packages;

public sealed class NdbPackagesTests
{
    private const string Place = "var/lib/rpm/Packages.db";

    [Fact]
    public void Read_TwoPackages_GivesTheirHeadersAsAnExportDoes()
    {
        byte[] magic = [0x8e, 0xad, 0xe8, 0x01, 0, 0, 0, 0];
        Assert.Equal([.. magic, .. "first header"u8, .. magic, .. "second"u8], Ask(Database("first header", "second")));
    }

    [Theory]
    [InlineData(0, 'X')] // The database's magic.
    [InlineData(4, 9)] // Its version.
    [InlineData(12, 200)] // More pages of slots than there are.
    [InlineData(32, 'X')] // A slot's magic.
    [InlineData(41, 200)] // Its block lies beyond the end.
    [InlineData(44, 200)] // It has more blocks than there are.
    [InlineData(44, 1)] // It has fewer than a head and a tail.
    [InlineData(4096, 'X')] // A blob's magic.
    [InlineData(4100, 7)] // It is another package's.
    [InlineData(4108, 200)] // It is longer than its blocks.
    public void Read_BrokenAnywhere_IsOneClearError(int offset, int value)
    {
        byte[] database = Database("first header", "second");
        database[offset] = (byte)value;
        Assert.Equal(ErrorIds.PackageDatabaseInvalid, Assert.Throws<VServerException>(() => Ask(database)).ErrorId);
    }

    [Fact]
    public void Read_CutShortAnywhere_IsOneClearError()
    {
        byte[] database = Database("first header", "second");
        for (int length = 0; length < database.Length; length += 16)
        {
            Assert.Equal(ErrorIds.PackageDatabaseInvalid, Assert.Throws<VServerException>(() => Ask(database[..length])).ErrorId);
        }
    }

    [Fact]
    public void Read_AllSlotsOneBlob_FillsNoMemory()
    {
        byte[] database = Database(new string('x', 100_000));
        for (int slot = 48; slot < 4096; slot += 16)
        {
            database.AsSpan(32, 16).CopyTo(database.AsSpan(slot));
        }

        Assert.Equal(ErrorIds.PackageDatabaseInvalid, Assert.Throws<VServerException>(() => Ask(database)).ErrorId);
    }

    // A page of slots, then blobs, each of whole blocks of 16 bytes: head, header, padding, tail.
    private static byte[] Database(params string[] headers)
    {
        using MemoryStream file = new();
        byte[] slots = new byte[4096];
        for (int slot = 32; slot < slots.Length; slot += 16)
        {
            "Slot"u8.CopyTo(slots.AsSpan(slot));
        }

        "RpmP"u8.CopyTo(slots);
        Put(slots, 12, 1);
        file.Write(slots);
        for (int number = 1; number <= headers.Length; number++)
        {
            string header = headers[number - 1];
            byte[] blob = new byte[(16 + header.Length + 12 + 15) / 16 * 16];
            "BlbS"u8.CopyTo(blob);
            Put(blob, 4, number);
            Put(blob, 12, header.Length);
            System.Text.Encoding.ASCII.GetBytes(header).CopyTo(blob, 16);
            "BlbE"u8.CopyTo(blob.AsSpan(blob.Length - 4));
            int slot = 16 + (16 * number);
            Put(slots, slot + 4, number);
            Put(slots, slot + 8, (int)file.Length / 16);
            Put(slots, slot + 12, blob.Length / 16);
            file.Write(blob);
        }

        byte[] whole = file.ToArray();
        slots.CopyTo(whole, 0);
        return whole;
    }

    private static byte[] Ask(byte[] database)
    {
        using MemoryFolder root = new MemoryFolder().With(Place, database);
        ScriptedRpm rpm = new();
        new PackageDatabaseReader(rpm).TryRead(root, "web1");
        return Assert.Single(rpm.Asked).Headers!.Value.ToArray(); // An ndb is asked about by its headers.
    }

    private static void Put(byte[] bytes, int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), value);
}
