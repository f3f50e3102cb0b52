using System.Text.Json;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Requests that wait for running guests to be started again: a file a guest, replaced whole, taken away when it was carried out.</summary>
public sealed class UnifyQueue(Store store, IGuestHost host, UnifyService unify, Func<IReadOnlyList<string>, Func<string, bool>> matcher)
{
    /// <summary>Puts a request into a guest's queue; the same one again changes nothing.</summary>
    internal static void Add(Store store, string guest, QueuedUnify request)
    {
        QueuedUnify[] waiting = Read(store, guest);
        string[] known = [.. waiting.Select(Write)];
        if (!known.Contains(Write(request)))
        {
            store.Host.CreatePrivateFolder(store.QueueFolder);
            store.Host.WriteAtomically(store.QueueFile(guest), JsonSerializer.SerializeToUtf8Bytes([.. waiting, request], StoreJson.Default.QueuedUnifyArray));
        }
    }

    /// <summary>What waits for a guest; a file that cannot be read is as good as none, since whoever asked can ask again.</summary>
    internal static QueuedUnify[] Read(Store store, string guest)
    {
        try
        {
            return store.Host.TryRead(store.QueueFile(guest)) is { } content
                ? JsonSerializer.Deserialize(content, StoreJson.Default.QueuedUnifyArray) ?? []
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>
    /// Carries out what waits for a stopped guest, after its delta is settled, and empties its queue. A request that fails is told and not
    /// tried again: the guest is to be started. When this is cancelled, the queue stays.
    /// </summary>
    /// <param name="guest">The guest, about to be started.</param>
    /// <param name="failed">Gets why a request was not carried out.</param>
    /// <param name="cancellation">Ends the work.</param>
    public IReadOnlyList<UnifyResult> Run(string guest, Action<Exception> failed, CancellationToken cancellation)
    {
        QueuedUnify[] waiting = Read(store, guest);
        GuestPlace place = store.Place(guest);
        if (waiting.Length == 0 || host.Find(place) is not null)
        {
            return [];
        }

        List<UnifyResult> results = [];
        try
        {
            if (store.ReadGuest(guest).Delta == DeltaPolicy.Settle && host.HasDelta(place))
            {
                host.Settle(place, discard: false, cancellation);
            }

            foreach (QueuedUnify request in waiting)
            {
                results.AddRange(unify.Unify(Request(guest, request), cancellation));
            }
        }
        catch (Exception failure) when (failure is Errors.VServerException or Errors.TreeException)
        {
            failed(failure);
        }

        store.Host.DeleteFile(store.QueueFile(guest));
        return results;
    }

    private static string Write(QueuedUnify request) => JsonSerializer.Serialize(request, StoreJson.Default.QueuedUnify);

    private UnifyRequest Request(string guest, QueuedUnify queued) => new()
    {
        Reference = queued.Reference,
        Guests = [guest],
        Package = matcher(queued.Packages),
        Path = queued.Paths.Count == 0 ? null : new PathSelection(queued.Paths).Includes,
        Scope = queued.Scope,
        Method = queued.Method,
        Guard = queued.Guard,
        Rules = queued.Rules,
        IgnoreTime = queued.IgnoreTime,
        MinimumSize = queued.MinimumSize,
    };
}
