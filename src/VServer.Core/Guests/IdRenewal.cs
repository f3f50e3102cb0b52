using VServer.Errors;

namespace VServer.Guests;

/// <summary>
/// Gives a guest other host ids when a running one has its own: of another store on this host, mostly, which may have been another host's.
/// What is on disk has the guest's own ids, from 0 on, so that nothing else changes.
/// </summary>
internal static class IdRenewal
{
    private const int Tries = 3;

    /// <summary>Starts it with the ids that it has, or with others that are remembered.</summary>
    /// <exception cref="VServerException">As from starting; <see cref="ErrorIds.GuestIdsTaken"/> when files outside the store have its ids.</exception>
    public static T Run<T>(Store store, GuestConfig config, Func<GuestConfig, T> start)
    {
        // Of one that was killed, too: with the ids free again no write need follow.
        store.RemoveLeftOvers();
        for (int left = Tries; ; left--)
        {
            try
            {
                return start(config);
            }
            catch (VServerException failure) when (failure.ErrorId == ErrorIds.GuestIdsTaken && left > 0 && !config.Mounts.Any(static mount => mount.NoIdMap))
            {
                config = config with { IdBase = IdBlocks.Choose(store, 1)[0] };
                store.Save(store.ReadGuest(config.Name) with { IdBase = config.IdBase });
            }
        }
    }
}
