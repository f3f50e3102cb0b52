using System.Net.Sockets;
using System.Text.Json;
using VServer.Errors;
using VServer.Networks;
using VServer.Ports;

namespace VServer.Linux.Network;

/// <summary>
/// Lets the host pass packets of one family on between guests' networks and its other interfaces, and only those: an interface that did not
/// forward before is noted in a table, by which what it would now pass on to others is dropped, and which says what to put back.
/// </summary>
internal sealed class Forwarding
{
    private const string Table = "vserver";

    private static readonly (AddressFamily Family, string Folder, string Setting)[] Families =
    [
        (AddressFamily.InterNetwork, "ipv4", "forwarding"),
        // For IPv6, "forwarding" counts for all interfaces together, and would end the automatic addresses of the host's own.
        (AddressFamily.InterNetworkV6, "ipv6", "force_forwarding"),
    ];

    private readonly string folder;
    private readonly string setting;
    private readonly string bridge;
    private readonly bool isRouter;
    private readonly IReadOnlyList<string> closed;

    private Forwarding(string folder, string setting, string bridge)
    {
        (this.folder, this.setting, this.bridge) = (folder, setting, bridge);
        isRouter = InterfaceSettings.IsOn(folder, "all", "forwarding");
        closed = isRouter ? [] : [.. InterfaceSettings.Interfaces().Where(name => name != "lo" && !LinkNames.IsOne(name) && !InterfaceSettings.IsOn(folder, name, setting))];
    }

    /// <summary>What has to be forwarded for a guest: nothing, unless its network masquerades or it publishes ports.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.HostUnsupported"/>: this kernel cannot forward IPv6 for some interfaces alone.</exception>
    public static IEnumerable<Forwarding> For(GuestLink link)
    {
        foreach ((AddressFamily family, string folder, string setting) in Families)
        {
            if ((link.Network.Masquerade || link.Published.Count > 0) && link.Addresses.Any(address => address.AddressFamily == family))
            {
                Forwarding needed = new(folder, setting, link.Network.Bridge);
                yield return needed.isRouter || InterfaceSettings.Has(folder, "all", setting) ? needed : throw Unsupported(link);
            }
        }
    }

    /// <summary>Puts back what was opened, when no network is left on the host.</summary>
    public static void Close(SystemProgram nft, string target)
    {
        if (InterfaceSettings.Interfaces().Any(LinkNames.IsOne))
        {
            return;
        }

        using JsonDocument sets = JsonDocument.Parse(nft.Run(target, ["-j", "list", "sets", "inet"]));
        foreach ((_, string folder, string setting) in Families.Where(static entry => !InterfaceSettings.IsOn(entry.Folder, "all", "forwarding")))
        {
            foreach (string name in Noted(sets, SetOf(folder)))
            {
                InterfaceSettings.Set(folder, name, setting, on: false);
            }
        }

        nft.Run(target, ["-f", "-"], NftText.RemoveTable("inet", Table));
    }

    /// <summary>The orders for nft that note what is going to be opened. Nothing is, where the admin has made the host a router.</summary>
    public string Note()
    {
        string names = string.Join(", ", closed.Select(static name => $"\"{name}\""));
        string change = isRouter ? $"flush set inet {Table} {SetOf(folder)}" : names.Length > 0 ? $"add element inet {Table} {SetOf(folder)} {{ {names} }}" : "";
        return $$"""
            add table inet {{Table}}
            add set inet {{Table}} {{SetOf(folder)}} { type ifname; }
            add chain inet {{Table}} {{folder}} { type filter hook forward priority -20; policy accept; }
            flush chain inet {{Table}} {{folder}}
            add rule inet {{Table}} {{folder}} meta nfproto {{folder}} iifname @{{SetOf(folder)}} oifname != "vs*" drop
            {{change}}

            """;
    }

    /// <summary>Opens what was noted, and the network's bridge.</summary>
    public void Open()
    {
        foreach (string name in isRouter ? [] : closed.Append(bridge))
        {
            InterfaceSettings.Set(folder, name, setting, on: true);
        }
    }

    private static string SetOf(string folder) => $"opened-{folder}";

    private static VServerException Unsupported(GuestLink link) => new(
        ErrorIds.HostUnsupported,
        ErrorKind.Unsupported,
        link.Guest,
        $"Cannot set up the network for '{link.Guest}': before Linux 6.17 a kernel forwards IPv6 for all interfaces or for none. Set net.ipv6.conf.all.forwarding to 1, and before that accept_ra to 2 for interfaces that have their address from a router; or give the guest no address of IPv6.");

    private static IEnumerable<string> Noted(JsonDocument sets, string set) => sets.RootElement.GetProperty("nftables").EnumerateArray()
        .Where(entry => entry.TryGetProperty("set", out JsonElement found)
            && found.GetProperty("table").GetString() == Table
            && found.GetProperty("name").GetString() == set
            && found.TryGetProperty("elem", out _))
        .SelectMany(static entry => entry.GetProperty("set").GetProperty("elem").EnumerateArray())
        .Select(static name => name.GetString() ?? "")
        .Where(InterfaceSettings.Exists);
}
