using VServer.Errors;
using VServer.Guests;

namespace VServer.Unify;

/// <summary>Which of the methods a store's file system and its guests' settings allow.</summary>
internal static class MethodGate
{
    /// <summary>Completes a request by what it can do on this store.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.HostUnsupported"/>: nothing of what was asked for.</exception>
    public static UnifyRequest Complete(UnifyRequest request, Store store) => request.Guests.Count == 0 ? request : request with
    {
        SharesExtents = SharesExtents(store, request.Guests[0], request.Method),
        KeepsInodes = request.Method == UnifyMethod.Reflink
            || (request.Reference is { } reference && store.TryReadGuest(reference) is { SeparateInodes: true }),
    };

    /// <summary>True when files of the store can share extents.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.HostUnsupported"/>: they cannot, and only that was asked for.</exception>
    public static bool SharesExtents(Store store, string guest, UnifyMethod method)
    {
        bool can = store.SharesExtents(guest);
        return can || method != UnifyMethod.Reflink ? can : throw new VServerException(
            ErrorIds.HostUnsupported,
            ErrorKind.Unsupported,
            store.Path,
            $"The store '{store.Path}' is on {store.Host.FileSystemOf(store.Path)}, where files cannot share bytes on disk, so the method Reflink cannot be used; nothing was changed. Use the method HardLink, or keep the store on btrfs or on xfs made with reflink=1.");
    }
}
