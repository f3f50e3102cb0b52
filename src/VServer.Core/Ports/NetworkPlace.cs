using System.Net;
using System.Net.NetworkInformation;

namespace VServer.Ports;

/// <summary>A network as the host has it.</summary>
/// <param name="Name">The network's name.</param>
/// <param name="Bridge">Name of its bridge.</param>
/// <param name="HardwareAddress">The bridge's hardware address.</param>
/// <param name="Subnets">Its subnets; the host has the first address of each.</param>
/// <param name="Masquerade">Whether its guests reach what the host reaches.</param>
/// <param name="Prefix">What the names of all interfaces of the store begin with.</param>
public sealed record NetworkPlace(
    string Name, string Bridge, PhysicalAddress HardwareAddress, IReadOnlyList<IPNetwork> Subnets, bool Masquerade, string Prefix)
{
    /// <summary>What nft takes for the bridges of all networks of the store.</summary>
    public string AllBridges => $"{Prefix}b*";
}
