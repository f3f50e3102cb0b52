using System.Net;
using VServer.Errors;
using VServer.Linux.Helper;
using VServer.Networks;
using VServer.Ports;

namespace VServer.Linux.Network;

/// <summary>Starts of guests that are on a network: bridge and rules are there before the guest is, and the rules go with a start that fails.</summary>
internal sealed class LinkedStart(IGuestHost guests)
{
    private readonly LinuxNetworkHost networks = new();

    /// <summary>Starts a guest; one without a link costs nothing more.</summary>
    public void Run(GuestPlace place, GuestLink? link, HelperRequest request, Action start)
    {
        if (link is null)
        {
            start();
            return;
        }

        CheckStopped(place);
        try
        {
            networks.Prepare(link);
            Add(request, link);
            start();
        }
        catch
        {
            Abandon(place, link);
            throw;
        }
    }

    // A guest that runs, or that somebody works on, keeps the rules it has.
    private void CheckStopped(GuestPlace place)
    {
        try
        {
            guests.Reserve(place, shared: false).Dispose();
        }
        catch (VServerException taken) when (taken.ErrorId == ErrorIds.GuestRunning)
        {
            throw new VServerException(
                taken.ErrorId,
                taken.Kind,
                place.Name,
                $"Cannot start the guest '{place.Name}': it runs already. Stop it with Stop-VServer {place.Name} first.",
                taken);
        }
    }

    private static void Add(HelperRequest request, GuestLink link) => request
        .Add("port", link.Port)
        .Add("bridge", link.Network.Bridge)
        .Add("mac", HardwareText.Of(link.HardwareAddress))
        .AddAll("address", link.Addresses.Select(address => $"{address}/{SubnetOf(link, address).PrefixLength}"))
        .AddAll("gateway", link.Addresses.Select(address => Subnets.HostAddress(SubnetOf(link, address)).ToString()).Distinct());

    private static IPNetwork SubnetOf(GuestLink link, IPAddress address) => link.Network.Subnets.First(subnet => subnet.Contains(address));

    private void Abandon(GuestPlace place, GuestLink link)
    {
        try
        {
            using IDisposable held = guests.Reserve(place, shared: false);
            networks.Forget(link);
        }
        catch (Exception failure) when (failure is VServerException or IOException)
        {
            // Somebody else was quicker and has started it, or the failure that led here says more.
        }
    }
}
