using System.Net;
using System.Text.Json;
using VServer.Errors;
using VServer.Ports;

namespace VServer.Linux.Network;

/// <summary>Bridges by iproute2 and rules by nft, in the network namespace of the caller.</summary>
public sealed class LinuxNetworkHost : INetworkHost
{
    private static readonly string[] Batch = ["-batch", "-"];

    private static readonly string[] Script = ["-f", "-"];

    private readonly SystemProgram ip = new("ip", "iproute2");
    private readonly SystemProgram nft = new("nft", "nftables");

    // Of many guests that are started at once, one makes the bridge. And nft begins anew whenever another was quicker: side by side, many
    // take ten times as long as one after the other.
    private readonly Lock making = new();

    /// <inheritdoc/>
    public bool IsActive(NetworkPlace network) => InterfaceSettings.Exists(network.Bridge);

    /// <inheritdoc/>
    public void Remove(NetworkPlace network)
    {
        bool isActive = IsActive(network);
        if (!isActive && !nft.IsThere)
        {
            return;
        }

        if (isActive)
        {
            ip.Run(network.Name, ["link", "delete", "dev", network.Bridge]);
        }

        nft.Run(network.Name, Script, NetworkRules.Remove(network));
        Forwarding.Close(nft, network.Name);
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Interface, IPNetwork Subnet)> Subnets()
    {
        using JsonDocument interfaces = JsonDocument.Parse(ip.Run("the host", ["-j", "address", "show"]));
        return [.. interfaces.RootElement.EnumerateArray()
            .Where(static found => found.TryGetProperty("addr_info", out _))
            .SelectMany(static found => found.GetProperty("addr_info").EnumerateArray()
                .Where(static address => address.TryGetProperty("local", out _) && address.GetProperty("prefixlen").GetInt32() > 0)
                .Select(address => (found.GetProperty("ifname").GetString() ?? "", SubnetOf(address))))];
    }

    /// <summary>Makes the host ready for a guest: the bridge where it is missing, and the rules of network and guest.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.ProgramMissing"/>, <see cref="ErrorIds.NetworkFailed"/>, <see cref="ErrorIds.SubnetTaken"/>, <see cref="ErrorIds.HostUnsupported"/>.</exception>
    internal void Prepare(GuestLink link)
    {
        lock (making)
        {
            if (!IsActive(link.Network))
            {
                MakeBridge(link.Network);
            }

            // Rules before the guest is there, and before anything is forwarded.
            Forwarding[] forwarding = [.. Forwarding.For(link)];
            nft.Run(link.Guest, Script, NetworkRules.Set(link.Network) + GuestRules.Set(link) + string.Concat(forwarding.Select(static part => part.Note())));
            Array.ForEach(forwarding, static part => part.Open());
        }
    }

    /// <summary>Takes a guest's own rules away.</summary>
    internal void Forget(GuestLink link) => nft.Run(link.Guest, Script, GuestRules.Remove(link));

    private static IPNetwork SubnetOf(JsonElement address)
    {
        IPAddress local = IPAddress.Parse(address.GetProperty("local").GetString() ?? "");
        byte[] bytes = local.GetAddressBytes();
        int length = address.GetProperty("prefixlen").GetInt32();
        for (int bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    // Complete before it has its name, so that whoever finds the name finds a whole bridge.
    private void MakeBridge(NetworkPlace network)
    {
        CheckFree(network);
        string scratch = $"vt{Convert.ToHexStringLower(Guid.NewGuid().ToByteArray().AsSpan(0, 6))}";
        try
        {
            ip.Run(network.Name, Batch, $"link add name {scratch} address {HardwareText.Of(network.HardwareAddress)} type bridge stp_state 0 forward_delay 0 mcast_snooping 0\n");
            Settle(network, scratch);
            string addresses = string.Concat(network.Subnets.Select(subnet => $"address add {Networks.Subnets.HostAddress(subnet)}/{subnet.PrefixLength} dev {scratch}{(Networks.Subnets.IsFour(subnet) ? "" : " nodad")}\n"));
            ip.Run(network.Name, Batch, $"{addresses}link set dev {scratch} name {network.Bridge} up\n");
        }
        catch (VServerException)
        {
            Drop(network, scratch);
            // Another process may have been quicker with the same.
            if (!IsActive(network))
            {
                throw;
            }
        }
    }

    // What guests send must not change how the host routes.
    private static void Settle(NetworkPlace network, string name)
    {
        foreach ((string family, string setting) in new[] { ("ipv4", "accept_redirects"), ("ipv4", "send_redirects"), ("ipv6", "accept_ra"), ("ipv6", "autoconf"), ("ipv6", "accept_redirects") })
        {
            InterfaceSettings.Set(family, name, setting, on: false);
        }

        InterfaceSettings.Set("ipv6", name, "disable_ipv6", on: network.Subnets.All(Networks.Subnets.IsFour));
    }

    private void Drop(NetworkPlace network, string scratch)
    {
        if (InterfaceSettings.Exists(scratch))
        {
            ip.Run(network.Name, ["link", "delete", "dev", scratch]);
        }
    }

    // The host may have got an address there since the network was made.
    private void CheckFree(NetworkPlace network)
    {
        foreach ((string owner, IPNetwork other) in Subnets())
        {
            if (network.Subnets.Any(subnet => Networks.Subnets.Overlap(subnet, other)))
            {
                throw new VServerException(
                    ErrorIds.SubnetTaken,
                    ErrorKind.AlreadyExists,
                    network.Name,
                    $"The bridge of the network '{network.Name}' was not made: the host's interface {owner} is in {other}, with which the network has addresses in common. Make another network, or give the host another address.");
            }
        }
    }
}
