using VServer.Errors;

namespace VServer.Guests;

/// <summary>A guest or template that others are made from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TrustGroup">Who it shares inodes with.</param>
/// <param name="Guest">Its configuration when it is a guest; null for a template.</param>
internal sealed record Reference(string Name, string TrustGroup, GuestConfig? Guest)
{
    /// <summary>Finds a complete guest or template.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestIncomplete"/>, <see cref="ErrorIds.TemplateNotFound"/>, <see cref="ErrorIds.TemplateIncomplete"/>.</exception>
    public static Reference Find(Store store, string name)
    {
        if (store.TryReadGuest(GuestName.Check(name)) is null)
        {
            return new Reference(name, store.ReadTemplate(name).TrustGroup, null);
        }

        GuestConfig guest = store.ReadCompleteGuest(name);
        return new Reference(name, guest.TrustGroup, guest);
    }
}
