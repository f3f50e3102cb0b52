using System.Net;
using System.Net.Sockets;
using System.Text;
using VServer.Networks;
using VServer.Ports;

namespace VServer.Linux.Network;

/// <summary>
/// The rules of a guest, in tables of its own that have its port's name, so that its monitor can take them away without nft. A guest has
/// every capability over its end of the link: what it may send is judged where it arrives.
/// </summary>
internal static class GuestRules
{
    private static readonly string[] Families = ["bridge", "inet"];

    /// <summary>The orders for nft that set the rules; given again they replace themselves.</summary>
    public static string Set(GuestLink link)
    {
        StringBuilder orders = new();
        AddGuard(orders, link);
        if (link.Published.Count > 0)
        {
            AddPublished(orders, link);
        }

        return orders.ToString();
    }

    /// <summary>The orders that take them away, whether they are there or not.</summary>
    public static string Remove(GuestLink link) => string.Concat(Families.Select(family => NftText.RemoveTable(family, link.Port)));

    private static void AddGuard(StringBuilder orders, GuestLink link)
    {
        string mac = HardwareText.Of(link.HardwareAddress);
        orders.Append($$"""
            add table bridge {{link.Port}}
            flush table bridge {{link.Port}}
            table bridge {{link.Port}} {
                chain guard {
                    type filter hook prerouting priority -300; policy accept;
                    iifname != "{{link.Port}}" accept
                    ether saddr != {{mac}} drop

            """);
        string[] four = [.. Of(link, AddressFamily.InterNetwork).Select(static address => address.ToString())];
        if (four.Length > 0)
        {
            orders.AppendLine($"ether type arp arp saddr ether {mac} arp saddr ip {{ {string.Join(", ", four)} }} accept");
            orders.AppendLine($"ether type ip ip saddr {{ {string.Join(", ", four)} }} accept");
        }

        IPAddress[] six = [.. Of(link, AddressFamily.InterNetworkV6)];
        if (six.Length > 0)
        {
            AddGuardOfSix(orders, [.. six, HardwareText.LinkLocal(link.HardwareAddress)]);
        }

        orders.AppendLine("drop").AppendLine("}").AppendLine("}");
    }

    // It may neither claim to be the way out, nor answer for another's address; only while it looks whether its own is free it has none.
    private static void AddGuardOfSix(StringBuilder orders, IReadOnlyList<IPAddress> own)
    {
        string targets = string.Join(", ", own.Select(static address => $"0x{Convert.ToHexStringLower(address.GetAddressBytes())}"));
        orders.AppendLine("ether type != ip6 drop");
        orders.AppendLine("icmpv6 type { nd-router-advert, nd-redirect } drop");
        orders.AppendLine($"icmpv6 type nd-neighbor-advert @th,64,128 != {{ {targets} }} drop");
        orders.AppendLine($"ip6 saddr {{ {string.Join(", ", own)} }} accept");
        orders.AppendLine("ip6 saddr :: icmpv6 type { nd-neighbor-solicit, mld2-listener-report } accept");
    }

    private static void AddPublished(StringBuilder orders, GuestLink link)
    {
        orders.AppendLine($"add table inet {link.Port}").AppendLine($"flush table inet {link.Port}");
        AddChain(orders, link, "prerouting", $"iifname != \"{link.Network.AllBridges}\"");
        // Loopback's own addresses lead nowhere else.
        AddChain(orders, link, "output", "oifname \"lo\" ip daddr != 127.0.0.0/8", "oifname \"lo\" ip6 daddr != ::1");
    }

    private static void AddChain(StringBuilder orders, GuestLink link, string hook, params string[] conditions)
    {
        orders.AppendLine($"add chain inet {link.Port} {hook} {{ type nat hook {hook} priority -100; policy accept; }}");
        foreach ((AddressFamily family, string word) in new[] { (AddressFamily.InterNetwork, "ip"), (AddressFamily.InterNetworkV6, "ip6") })
        {
            if (Of(link, family).FirstOrDefault() is not { } address)
            {
                continue;
            }

            string condition = conditions[family == AddressFamily.InterNetwork ? 0 : ^1];
            string host = family == AddressFamily.InterNetwork ? $"{address}" : $"[{address}]";
            foreach (PublishedPort port in link.Published)
            {
                orders.AppendLine(
                    $"add rule inet {link.Port} {hook} meta nfproto {(word == "ip" ? "ipv4" : "ipv6")} {condition} fib daddr type local {port.Protocol} dport {port.HostPort} dnat {word} to {host}:{port.GuestPort}");
            }
        }
    }

    private static IEnumerable<IPAddress> Of(GuestLink link, AddressFamily family) => link.Addresses.Where(address => address.AddressFamily == family);
}
