using System.Net;
using System.Net.Sockets;
using VServer.Errors;

namespace VServer.Networks;

/// <summary>Reads subnets and addresses, and knows which addresses a guest may have.</summary>
public static class Subnets
{
    private static readonly IPNetwork[] Unusable =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/8"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8"),
    ];

    /// <summary>Reads the subnets of one network.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.SubnetInvalid"/>.</exception>
    public static IReadOnlyList<IPNetwork> Parse(IReadOnlyList<string> texts)
    {
        IPNetwork[] subnets = [.. texts.Select(Parse)];
        IGrouping<AddressFamily, IPNetwork>? many = subnets.GroupBy(static subnet => subnet.BaseAddress.AddressFamily).FirstOrDefault(static group => group.Count() > 1);
        if (many is not null || subnets.Length == 0)
        {
            throw Invalid(string.Join(", ", texts), "a network has one subnet of IPv4, one of IPv6, or one of each.");
        }

        return subnets;
    }

    /// <summary>Reads an address; IPv6 is given back in its shortest form.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.AddressInvalid"/>.</exception>
    public static IPAddress ParseAddress(string text) => TryParseAddress(text) ?? throw new VServerException(
        ErrorIds.AddressInvalid,
        ErrorKind.InvalidArgument,
        text,
        $"'{text}' is no address. Write one like 10.1.2.5 or fd00:1::5, without the length of the subnet.");

    /// <summary>The same; null when it is none.</summary>
    public static IPAddress? TryParseAddress(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) && address.ScopeIdOrZero() == 0 && (text.Contains(':', StringComparison.Ordinal) || address.ToString() == text)
            ? address
            : null;

    /// <summary>The host's own address in a subnet: the first.</summary>
    public static IPAddress HostAddress(IPNetwork subnet) => At(subnet, 1);

    /// <summary>True for one of IPv4, false for one of IPv6.</summary>
    public static bool IsFour(IPNetwork subnet) => subnet.BaseAddress.AddressFamily == AddressFamily.InterNetwork;

    /// <summary>True when two subnets have an address in common.</summary>
    public static bool Overlap(IPNetwork one, IPNetwork other) => one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress);

    /// <summary>Addresses that guests may have, lowest first.</summary>
    public static IEnumerable<IPAddress> GuestAddresses(IPNetwork subnet)
    {
        UInt128 end = Size(subnet) - (IsFour(subnet) ? 1u : 0u);
        for (UInt128 offset = 2; offset < end; offset++)
        {
            yield return At(subnet, offset);
        }
    }

    /// <summary>Why a guest cannot have an address of the subnet; null when it can.</summary>
    public static string? Refusal(IPNetwork subnet, IPAddress address)
    {
        UInt128 offset = Value(address) - Value(subnet.BaseAddress);
        return offset == 0 ? "it is the subnet itself"
            : offset == 1 ? "it is the host's own"
            : IsFour(subnet) && offset == Size(subnet) - 1 ? "it is the subnet's broadcast address"
            : null;
    }

    private static IPNetwork Parse(string text)
    {
        // The parser would clear what is set beyond the length.
        bool isWhole = IPNetwork.TryParse(text, out IPNetwork subnet) && IPAddress.TryParse(text.Split('/')[0], out IPAddress? given) && subnet.BaseAddress.Equals(given);
        if (!isWhole || subnet.BaseAddress.ScopeIdOrZero() != 0 || subnet.BaseAddress.IsIPv4MappedToIPv6)
        {
            throw Invalid(text, "it is not of the form 10.1.2.0/24 or fd00:1::/64, with no bit set beyond the length.");
        }

        bool isFour = IsFour(subnet);
        if (subnet.PrefixLength < 8 || subnet.PrefixLength > (isFour ? 30 : 126))
        {
            throw Invalid(text, $"its length must be from 8 to {(isFour ? 30 : 126)}.");
        }

        return !Unusable.Any(range => range.BaseAddress.AddressFamily == subnet.BaseAddress.AddressFamily && Overlap(range, subnet))
            ? subnet
            : throw Invalid(text, "its addresses have a meaning of their own (loopback, link-local, multicast or reserved).");
    }

    private static VServerException Invalid(string text, string why) => new(
        ErrorIds.SubnetInvalid,
        ErrorKind.InvalidArgument,
        text,
        $"'{text}' cannot be the subnet of a network: {why}");

    private static UInt128 Size(IPNetwork subnet) => UInt128.One << ((IsFour(subnet) ? 32 : 128) - subnet.PrefixLength);

    private static long ScopeIdOrZero(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;

    private static UInt128 Value(IPAddress address) =>
        address.GetAddressBytes().Aggregate(UInt128.Zero, static (value, part) => (value << 8) | part);

    private static IPAddress At(IPNetwork subnet, UInt128 offset)
    {
        UInt128 value = Value(subnet.BaseAddress) + offset;
        byte[] bytes = new byte[IsFour(subnet) ? 4 : 16];
        for (int index = bytes.Length - 1; index >= 0; index--, value >>= 8)
        {
            bytes[index] = (byte)value;
        }

        return new IPAddress(bytes);
    }
}
