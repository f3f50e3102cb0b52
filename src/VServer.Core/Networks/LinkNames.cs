using System.Globalization;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Text;
using VServer.Guests;

namespace VServer.Networks;

/// <summary>
/// Names of interfaces and hardware addresses. Within a store they differ because they hold what is unique there, a guest's block of ids or
/// a network's number; between stores because they hold forty bits of a digest of the store's id. None is longer than the kernel's 15 bytes.
/// </summary>
public sealed class LinkNames
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyz234567";
    private const byte GuestMark = 0x02;
    private const byte BridgeMark = 0x06;

    private readonly byte[] digest;

    /// <summary>Names of one store.</summary>
    public LinkNames(string storeId)
    {
        digest = SHA256.HashData(Encoding.UTF8.GetBytes(storeId));
        ulong bits = digest.Take(5).Aggregate(0UL, static (value, part) => (value << 8) | part);
        Prefix = "vs" + string.Concat(Enumerable.Range(0, 8).Select(index => Digits[(int)(bits >> (5 * index)) & 31]));
    }

    /// <summary>What all names of the store begin with.</summary>
    public string Prefix { get; }

    /// <summary>The host's end of a guest's link.</summary>
    public string Port(uint idBase) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}g{idBase / IdBlocks.Size:x4}");

    /// <summary>The bridge of a network.</summary>
    public string Bridge(ushort number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}b{number:x4}");

    /// <summary>True when it can be the name of a port or bridge of some store.</summary>
    public static bool IsOne(string name) =>
        name.Length == 15 && name.StartsWith("vs", StringComparison.Ordinal) && name[10] is 'b' or 'g' && name.AsSpan(11).ToString().All(char.IsAsciiHexDigitLower);

    /// <summary>The hardware address of a guest.</summary>
    public PhysicalAddress GuestAddress(uint idBase) => Address(GuestMark, (ushort)(idBase / IdBlocks.Size));

    /// <summary>The hardware address of a network's bridge.</summary>
    public PhysicalAddress BridgeAddress(ushort number) => Address(BridgeMark, number);

    // Locally administered, for one station.
    private PhysicalAddress Address(byte mark, ushort number) => new([mark, digest[0], digest[1], digest[2], (byte)(number >> 8), (byte)number]);
}
