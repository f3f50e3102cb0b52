using System.Net;
using System.Net.NetworkInformation;
using VServer.Networks;

namespace VServer.Ports;

/// <summary>How a guest is on its network.</summary>
/// <param name="Guest">The guest's name.</param>
/// <param name="Network">The network.</param>
/// <param name="Port">Name of the host's end of its link, and of its own rules.</param>
/// <param name="HardwareAddress">The hardware address of the guest's end.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="Published">Ports of the host that lead to it.</param>
public sealed record GuestLink(
    string Guest,
    NetworkPlace Network,
    string Port,
    PhysicalAddress HardwareAddress,
    IReadOnlyList<IPAddress> Addresses,
    IReadOnlyList<PublishedPort> Published);
