using System.Text.Json;
using VServer.Errors;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Networks;

/// <summary>The networks that a store has.</summary>
public sealed class NetworkStore
{
    private readonly Store store;

    /// <summary>The networks of a store.</summary>
    public NetworkStore(Store store)
    {
        this.store = store;
        LinkNames = new LinkNames(store.Id);
    }

    /// <summary>Names of the store's interfaces.</summary>
    public LinkNames LinkNames { get; }

    private string Folder => store.NetworkFolder;

    /// <summary>Names of all networks, in ordinal order.</summary>
    public IReadOnlyList<string> Names() => store.Names(Folder);

    /// <summary>The configurations of all networks.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NetworkConfigInvalid"/>.</exception>
    public IEnumerable<NetworkConfig> All() => Names().Select(TryRead).OfType<NetworkConfig>();

    /// <summary>A network's configuration; null when there is none of that name.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NetworkConfigInvalid"/>.</exception>
    public NetworkConfig? TryRead(string name) => store.Read(File(name), name, static config => config.Name, StoreJson.Default.NetworkConfig, Invalid);

    /// <summary>A network's configuration.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NetworkNotFound"/>, <see cref="ErrorIds.NetworkConfigInvalid"/>.</exception>
    public NetworkConfig Read(string name) => (GuestName.IsValid(name) ? TryRead(name) : null) ?? throw new VServerException(
        ErrorIds.NetworkNotFound,
        ErrorKind.NotFound,
        name,
        $"There is no network '{name}' in the store '{store.Path}'. Get-VServerNetwork lists the networks there are; New-VServerNetwork makes one.");

    /// <summary>Writes a network's configuration.</summary>
    public void Save(NetworkConfig config) =>
        store.Host.WriteAtomically(File(config.Name), JsonSerializer.SerializeToUtf8Bytes(config, StoreJson.Default.NetworkConfig));

    /// <summary>Forgets a network.</summary>
    public void Delete(string name) => store.Host.DeleteFile(File(name));

    /// <summary>Waits for, and has until it is disposed, the right to give networks, addresses and ports away.</summary>
    public IDisposable Lock()
    {
        store.Host.CreatePrivateFolder(Folder);
        return store.Host.Lock($"{Folder}/lock");
    }

    /// <summary>A network as the host has it.</summary>
    public NetworkPlace Place(NetworkConfig config) => new(
        config.Name,
        LinkNames.Bridge(config.Number),
        LinkNames.BridgeAddress(config.Number),
        Subnets.Parse(config.Subnets),
        config.Masquerade,
        LinkNames.Prefix);

    /// <summary>How a guest is on its network; null when it is on none that was made.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NetworkNotFound"/>, <see cref="ErrorIds.AddressInvalid"/>.</exception>
    public GuestLink? LinkOf(GuestConfig guest) => !NetworkName.IsMade(guest.Network) ? null : new GuestLink(
        guest.Name,
        Place(Read(guest.Network)),
        LinkNames.Port(guest.IdBase),
        LinkNames.GuestAddress(guest.IdBase),
        [.. guest.Addresses.Select(Subnets.ParseAddress)],
        [.. guest.Publish.Select(PublishedPort.Parse)]);

    private string File(string name) => $"{Folder}/{name}.json";

    private static VServerException Invalid(string name, string why, Exception? inner) => new(
        ErrorIds.NetworkConfigInvalid,
        ErrorKind.InvalidData,
        name,
        $"The configuration of the network '{name}' cannot be used: {why}. Mend or remove its file under .vserver/networks in the store.",
        inner);
}
