using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace VServer.Linux.Network;

/// <summary>Hardware addresses as the kernel's tools write them.</summary>
internal static class HardwareText
{
    /// <summary>Six numbers with colons between them.</summary>
    public static string Of(PhysicalAddress address) =>
        string.Join(':', address.GetAddressBytes().Select(static part => part.ToString("x2", CultureInfo.InvariantCulture)));

    /// <summary>The link-local address of IPv6 that the kernel makes of it (RFC 4291, appendix A).</summary>
    public static IPAddress LinkLocal(PhysicalAddress address)
    {
        byte[] mac = address.GetAddressBytes();
        return new IPAddress([0xfe, 0x80, 0, 0, 0, 0, 0, 0, (byte)(mac[0] ^ 2), mac[1], mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5]]);
    }
}
