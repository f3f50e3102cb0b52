using VServer.Errors;

namespace VServer.Guests;

/// <summary>Refuses what cannot be done to a stopped guest whose changes are not folded into its tree.</summary>
internal static class UnsettledGuest
{
    /// <summary>The refusal.</summary>
    /// <param name="name">The guest.</param>
    /// <param name="why">What follows from it, to be read after a comma.</param>
    public static VServerException Refuse(string name, string why) => new(
        ErrorIds.GuestUnsettled,
        ErrorKind.InvalidOperation,
        name,
        $"What the guest '{name}' changed when it last ran is not folded into its tree, {why}. Stop-VServer {name} -Settle folds it in, Stop-VServer {name} -Discard drops it, and Compare-VServer {name} shows what it is.");
}
