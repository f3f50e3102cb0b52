using VServer.Errors;

namespace VServer.Guests;

/// <summary>What guests of a store have been given. One whose configuration is broken must not keep all others from being made.</summary>
internal static class ReadableGuests
{
    /// <summary>Configurations that can be read, of incomplete guests too.</summary>
    public static IEnumerable<GuestConfig> In(Store store) => store.GuestNames().Select(name => TryRead(store, name)).OfType<GuestConfig>();

    private static GuestConfig? TryRead(Store store, string name)
    {
        try
        {
            return store.TryReadGuest(name);
        }
        catch (VServerException failure) when (failure.ErrorId == ErrorIds.GuestConfigInvalid)
        {
            return null;
        }
    }
}
