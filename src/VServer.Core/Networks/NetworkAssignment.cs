using VServer.Errors;
using VServer.Guests;

namespace VServer.Networks;

/// <summary>Gives guests their networks, addresses and ports, none of them to two.</summary>
internal sealed class NetworkAssignment(Store store)
{
    private readonly NetworkStore networks = new(store);

    /// <summary>Completes the configurations of new guests and has them saved before anybody else may choose.</summary>
    /// <param name="guests">Their configurations, with network and ports as they were asked for.</param>
    /// <param name="addresses">Addresses that were asked for; empty for free ones.</param>
    /// <param name="save">Saves them.</param>
    /// <exception cref="VServerException">What was asked for cannot be.</exception>
    public IReadOnlyList<GuestConfig> Assign(
        IReadOnlyList<GuestConfig> guests, IReadOnlyList<string> addresses, Action<IReadOnlyList<GuestConfig>> save)
    {
        if (guests.All(static guest => !NetworkName.IsMade(guest.Network) && guest.Publish.Count == 0) && addresses.Count == 0)
        {
            GuestConfig[] plain = [.. guests.Select(static guest => guest with { Addresses = [] })];
            save(plain);
            return plain;
        }

        using IDisposable held = networks.Lock();
        List<GuestConfig> known = [.. ReadableGuests.In(store)];
        List<GuestConfig> assigned = [];
        foreach (GuestConfig guest in guests)
        {
            GuestConfig complete = Complete(guest with { Addresses = addresses }, isKept: false, known);
            known.Add(complete);
            assigned.Add(complete);
        }

        save(assigned);
        return assigned;
    }

    /// <summary>Fails when no guest can be made with such settings; changes nothing.</summary>
    /// <exception cref="VServerException">What is asked for cannot be.</exception>
    public void Check(GuestSettings settings)
    {
        if (settings.TouchesNetwork)
        {
            GuestConfig nobody = settings.ApplyTo(new GuestConfig { Name = "", HostName = "" });
            Complete(nobody with { Addresses = settings.Address ?? [] }, isKept: false, ReadableGuests.In(store));
        }
    }

    /// <summary>Changes a guest's configuration and has it saved, under the same right.</summary>
    /// <returns>The configuration that was saved.</returns>
    /// <exception cref="VServerException">What was asked for cannot be.</exception>
    public GuestConfig Change(GuestConfig before, GuestChange change, Action<GuestConfig> save)
    {
        GuestConfig after = change.ApplyTo(before);
        if (!change.TouchesNetwork)
        {
            save(after);
            return after;
        }

        using IDisposable held = networks.Lock();
        bool isKept = after.Network == before.Network && change.Address is null;
        if (!NetworkName.IsMade(after.Network) && change.Publish is null)
        {
            after = after with { Publish = [] };
        }

        after = Complete(after with { Addresses = isKept ? before.Addresses : change.Address ?? [] }, isKept, ReadableGuests.In(store));
        save(after);
        return after;
    }

    private GuestConfig Complete(GuestConfig guest, bool isKept, IEnumerable<GuestConfig> known)
    {
        if (!NetworkName.IsMade(guest.Network))
        {
            return guest.Addresses.Count == 0 && guest.Publish.Count == 0 ? guest : throw new VServerException(
                ErrorIds.AddressInvalid,
                ErrorKind.InvalidArgument,
                guest.Name,
                $"'{guest.Name}' gets the network {guest.Network}, on which it can have neither addresses nor published ports of its own. Name a network with -Network; Get-VServerNetwork lists them.");
        }

        AddressBook book = new(networks.Read(guest.Network), [.. known.Where(other => other.Name != guest.Name)]);
        PublishedPort[] ports = [.. guest.Publish.Select(PublishedPort.Parse).Distinct()];
        book.CheckPorts(ports, guest.Name);
        return guest with
        {
            Addresses = isKept ? guest.Addresses : [.. book.Choose(guest.Addresses).Select(static address => address.ToString())],
            Publish = [.. ports.Select(static port => port.ToString())],
        };
    }
}
