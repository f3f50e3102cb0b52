using System.Net;

namespace VServer.Ports;

/// <summary>Networks on the host. Their bridges are made by the start of a guest.</summary>
public interface INetworkHost
{
    /// <summary>True when the network's bridge is there.</summary>
    bool IsActive(NetworkPlace network);

    /// <summary>Takes a network's bridge and rules away; nothing happens when they are missing.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.ProgramMissing"/>, <see cref="Errors.ErrorIds.NetworkFailed"/>.</exception>
    void Remove(NetworkPlace network);

    /// <summary>Subnets that interfaces of the host are in, with the interfaces' names.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.ProgramMissing"/>, <see cref="Errors.ErrorIds.NetworkFailed"/>.</exception>
    IReadOnlyList<(string Interface, IPNetwork Subnet)> Subnets();
}
