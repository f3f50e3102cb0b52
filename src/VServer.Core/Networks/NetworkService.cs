using System.Net;
using VServer.Errors;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Networks;

/// <summary>Makes, shows and removes networks of guests.</summary>
public sealed class NetworkService(Store store, INetworkHost networkHost, GuestService guests, GuestEditor editor, TimeProvider clock)
{
    private readonly NetworkStore networks = new(store);

    /// <summary>Names of all networks, in ordinal order.</summary>
    public IReadOnlyList<string> Names() => networks.Names();

    /// <summary>One network.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NetworkNotFound"/>, <see cref="ErrorIds.NetworkConfigInvalid"/>.</exception>
    public Network Get(string name) => Describe(networks.Read(name));

    /// <summary>Fails when the network cannot be made; changes nothing.</summary>
    /// <exception cref="VServerException">It cannot.</exception>
    public void Check(NetworkConfig config)
    {
        NetworkName.Check(config.Name);
        IReadOnlyList<IPNetwork> subnets = Subnets.Parse(config.Subnets);
        if (networks.TryRead(config.Name) is not null)
        {
            throw new VServerException(
                ErrorIds.NameTaken,
                ErrorKind.AlreadyExists,
                config.Name,
                $"There is a network '{config.Name}' in the store '{store.Path}' already. Choose another name, or remove it with Remove-VServerNetwork {config.Name}.");
        }

        foreach ((string owner, IPNetwork other) in Others().Concat(networkHost.Subnets().Select(static pair => ($"the host's interface {pair.Interface}", pair.Subnet))))
        {
            if (subnets.Where(subnet => Subnets.Overlap(subnet, other)).Select(static subnet => $"{subnet}").FirstOrDefault() is { } subnet)
            {
                throw new VServerException(
                    ErrorIds.SubnetTaken,
                    ErrorKind.AlreadyExists,
                    subnet,
                    $"The subnet {subnet} has addresses in common with {other}, which is that of {owner}. Choose another.");
            }
        }
    }

    /// <summary>Makes a network: its configuration. Its bridge comes with the first guest that is started on it.</summary>
    /// <exception cref="VServerException">It cannot be made.</exception>
    public Network Create(NetworkConfig config)
    {
        using IDisposable held = networks.Lock();
        Check(config);
        NetworkConfig complete = config with
        {
            Created = clock.GetUtcNow(),
            Number = FreeNumber(),
            Subnets = [.. Subnets.Parse(config.Subnets).Select(static subnet => subnet.ToString())],
        };
        networks.Save(complete);
        return Describe(complete);
    }

    /// <summary>Fails when the network cannot be removed; changes nothing.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NetworkNotFound"/>, <see cref="ErrorIds.NetworkInUse"/>.</exception>
    public void CheckRemovable(string name, bool force)
    {
        networks.Read(name);
        if (!force && GuestsOn(name) is { Count: > 0 } names)
        {
            throw new VServerException(
                ErrorIds.NetworkInUse,
                ErrorKind.InvalidOperation,
                name,
                $"The network '{name}' was not removed, since guests are configured for it: {string.Join(", ", names)}. Give them another with Set-VServer -Network, or use -Force to stop them and leave them without one.");
        }
    }

    /// <summary>Removes a network with its bridge and rules.</summary>
    /// <param name="name">The network.</param>
    /// <param name="force">True to stop its guests and leave them without a network.</param>
    /// <param name="cancellation">Ends it between two guests.</param>
    /// <exception cref="VServerException"><see cref="ErrorIds.NetworkNotFound"/>, <see cref="ErrorIds.NetworkInUse"/>.</exception>
    public void Remove(string name, bool force, CancellationToken cancellation)
    {
        CheckRemovable(name, force);
        foreach (string guest in GuestsOn(name))
        {
            cancellation.ThrowIfCancellationRequested();
            guests.Stop(guest, TimeSpan.FromSeconds(10), DeltaEnd.ByPolicy, cancellation);
            editor.Change(guest, new GuestChange { Network = NetworkName.None }, cancellation);
        }

        using IDisposable held = networks.Lock();
        // Once more: a guest may have been given to it since.
        CheckRemovable(name, force: false);
        networkHost.Remove(networks.Place(networks.Read(name)));
        networks.Delete(name);
    }

    private ushort FreeNumber()
    {
        HashSet<ushort> taken = [.. networks.All().Select(static config => config.Number)];
        return (ushort)Enumerable.Range(1, ushort.MaxValue).First(number => !taken.Contains((ushort)number));
    }

    private IEnumerable<(string Owner, IPNetwork Subnet)> Others() => networks.All()
        .SelectMany(static config => Subnets.Parse(config.Subnets).Select(subnet => ($"the network '{config.Name}'", subnet)));

    private IReadOnlyList<string> GuestsOn(string name) => [.. ReadableGuests.In(store).Where(guest => guest.Network == name).Select(static guest => guest.Name)];

    private Network Describe(NetworkConfig config)
    {
        NetworkPlace place = networks.Place(config);
        return new Network
        {
            Name = config.Name,
            Store = store.Path,
            Description = config.Description,
            Subnet = config.Subnets,
            HostAddress = [.. place.Subnets.Select(static subnet => Subnets.HostAddress(subnet).ToString())],
            Masquerade = config.Masquerade,
            Bridge = place.Bridge,
            Active = networkHost.IsActive(place),
            Guests = GuestsOn(config.Name),
            Created = config.Created,
        };
    }
}
