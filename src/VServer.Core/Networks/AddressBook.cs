using System.Net;
using VServer.Errors;
using VServer.Guests;

namespace VServer.Networks;

/// <summary>Who has which address of a network and which port of the host.</summary>
internal sealed class AddressBook(NetworkConfig network, IReadOnlyList<GuestConfig> others)
{
    private readonly IReadOnlyList<IPNetwork> subnets = Subnets.Parse(network.Subnets);

    /// <summary>
    /// The addresses that a guest gets: those it asks for, else the lowest free one of each subnet. What is broken in another guest's configuration
    /// is nobody's: that guest cannot be started with it, and must not keep all others from being made.
    /// </summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.AddressInvalid"/>, <see cref="ErrorIds.AddressTaken"/>, <see cref="ErrorIds.AddressesExhausted"/>.</exception>
    public IReadOnlyList<IPAddress> Choose(IReadOnlyList<string> asked)
    {
        Dictionary<IPAddress, string> taken = [];
        foreach (GuestConfig other in others.Where(other => other.Network == network.Name))
        {
            foreach (IPAddress address in other.Addresses.Select(Subnets.TryParseAddress).OfType<IPAddress>())
            {
                taken[address] = other.Name;
            }
        }

        return asked.Count > 0
            ? [.. asked.Select(Subnets.ParseAddress).Distinct().Select(address => Check(address, taken))]
            : [.. subnets.Select(subnet => Free(subnet, taken))];
    }

    /// <summary>Fails when a port is another guest's already; again, one that is broken is nobody's.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PortTaken"/>, <see cref="ErrorIds.PortInvalid"/>.</exception>
    public void CheckPorts(IReadOnlyList<PublishedPort> ports, string guest)
    {
        if (ports.GroupBy(static port => (port.HostPort, port.Protocol)).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw PortTaken(twice.First(), guest);
        }

        foreach (GuestConfig other in ports.Count > 0 ? others : [])
        {
            PublishedPort[] theirs = [.. other.Publish.Select(PublishedPort.TryParse).OfType<PublishedPort>()];
            if (ports.FirstOrDefault(port => theirs.Any(their => (their.HostPort, their.Protocol) == (port.HostPort, port.Protocol))) is { } port)
            {
                throw PortTaken(port, other.Name);
            }
        }
    }

    private IPAddress Check(IPAddress address, Dictionary<IPAddress, string> taken)
    {
        IPNetwork[] found = [.. subnets.Where(subnet => subnet.Contains(address))];
        string? why = found.Length == 0 ? $"it is in none of the network's subnets ({string.Join(", ", network.Subnets)})" : Subnets.Refusal(found[0], address);
        return why is not null
            ? throw new VServerException(
                ErrorIds.AddressInvalid,
                ErrorKind.InvalidArgument,
                address.ToString(),
                $"No guest can have the address {address} on the network '{network.Name}': {why}.")
            : taken.TryGetValue(address, out string? owner)
            ? throw new VServerException(
                ErrorIds.AddressTaken,
                ErrorKind.AlreadyExists,
                address.ToString(),
                $"The guest '{owner}' has the address {address} of the network '{network.Name}'. Choose another, or leave -Address away to get a free one.")
            : address;
    }

    private IPAddress Free(IPNetwork subnet, Dictionary<IPAddress, string> taken) =>
        Subnets.GuestAddresses(subnet).FirstOrDefault(address => !taken.ContainsKey(address)) ?? throw new VServerException(
            ErrorIds.AddressesExhausted,
            ErrorKind.NoSpace,
            network.Name,
            $"All addresses of {subnet} on the network '{network.Name}' are given to guests. Remove guests, or make another network.");

    private static VServerException PortTaken(PublishedPort port, string owner) => new(
        ErrorIds.PortTaken,
        ErrorKind.AlreadyExists,
        port.ToString(),
        $"Port {port.HostPort}/{port.Protocol} of the host leads to the guest '{owner}' already. Choose another port.");
}
