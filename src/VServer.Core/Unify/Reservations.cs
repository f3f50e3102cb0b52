using VServer.Ports;

namespace VServer.Unify;

/// <summary>Guests kept from being started or changed while a run works on them.</summary>
internal sealed class Reservations(IGuestHost host) : IDisposable
{
    private readonly Stack<IDisposable> held = [];

    public void Add(GuestPlace place, bool shared) => held.Push(host.Reserve(place, shared));

    /// <inheritdoc/>
    public void Dispose()
    {
        while (held.TryPop(out IDisposable? reservation))
        {
            reservation.Dispose();
        }
    }
}
