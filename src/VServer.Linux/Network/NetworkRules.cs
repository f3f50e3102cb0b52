using System.Text;
using VServer.Networks;
using VServer.Ports;

namespace VServer.Linux.Network;

/// <summary>The rules of a network, in a table of its own that has the bridge's name. Given again they replace themselves.</summary>
internal static class NetworkRules
{
    /// <summary>The orders for nft that set the rules.</summary>
    public static string Set(NetworkPlace network)
    {
        string bridge = network.Bridge;
        StringBuilder orders = new();
        orders.Append($$"""
            add table inet {{bridge}}
            flush table inet {{bridge}}
            table inet {{bridge}} {
                chain input {
                    type filter hook input priority -10; policy accept;
                    iifname "{{bridge}}" ct state established,related accept
                    iifname "{{bridge}}" fib daddr . iif type { local, broadcast, multicast } accept
                    iifname "{{bridge}}" drop
                }
                chain forward {
                    type filter hook forward priority -10; policy accept;
                    iifname "{{bridge}}" oifname "{{bridge}}" accept
                    iifname "{{bridge}}" ct state established,related accept
                    oifname "{{bridge}}" ct state established,related accept
                    oifname "{{bridge}}" iifname != "{{network.Prefix}}b*" ct status dnat accept

            """);
        if (network.Masquerade)
        {
            orders.AppendLine($"iifname \"{bridge}\" oifname != \"{network.AllBridges}\" accept");
        }

        orders.Append($$"""
                    iifname "{{bridge}}" drop
                    oifname "{{bridge}}" drop
                }
            }

            """);
        if (network.Masquerade)
        {
            AddMasquerade(orders, network);
        }

        return orders.ToString();
    }

    /// <summary>The orders that take them away, whether they are there or not.</summary>
    public static string Remove(NetworkPlace network) => NftText.RemoveTable("inet", network.Bridge);

    private static void AddMasquerade(StringBuilder orders, NetworkPlace network)
    {
        orders.AppendLine($"add chain inet {network.Bridge} postrouting {{ type nat hook postrouting priority 100; policy accept; }}");
        foreach (System.Net.IPNetwork subnet in network.Subnets)
        {
            string family = Subnets.IsFour(subnet) ? "ip" : "ip6";
            orders.AppendLine($"add rule inet {network.Bridge} postrouting {family} saddr {subnet} oifname != \"{network.Bridge}\" masquerade");
        }
    }
}
