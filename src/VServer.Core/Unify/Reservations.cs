using VServer.Errors;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Guests kept from being started or changed while a run works on them.</summary>
internal sealed class Reservations(IGuestHost host) : IDisposable
{
    private readonly Stack<IDisposable> held = [];

    public void Add(GuestPlace place, bool shared) => held.Push(host.Reserve(place, shared));

    /// <summary>Takes a name for a guest or template that is to be made.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NameTaken"/>, or somebody else is at it.</exception>
    public void AddNew(Store store, string name)
    {
        store.CheckFree(name);
        Add(store.Place(name), shared: false);

        // Again: somebody may have made one before it was ours, which a failure of ours would then remove.
        store.CheckFree(name);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (held.TryPop(out IDisposable? reservation))
        {
            reservation.Dispose();
        }
    }
}
