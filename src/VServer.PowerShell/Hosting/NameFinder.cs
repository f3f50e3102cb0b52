using VServer.Binding;

namespace VServer.Hosting;

/// <summary>
/// Turns what a user wrote into names. A pattern gives what it matches, and nothing is fine; a name given whole is given back, so that
/// whoever works on it says that it does not exist.
/// </summary>
internal static class NameFinder
{
    /// <summary>Finds the names, each once, in the order given.</summary>
    /// <param name="identities">What the user wrote.</param>
    /// <param name="open">Opens the store at a path, or the one of the parameters for null.</param>
    /// <param name="known">The names that a store has.</param>
    public static IEnumerable<FoundName> Find(
        IEnumerable<VServerIdentity> identities,
        Func<string?, StoreSession> open,
        Func<StoreSession, IReadOnlyList<string>> known)
    {
        HashSet<(string Store, string Name)> seen = [];
        foreach (VServerIdentity identity in identities)
        {
            StoreSession session = open(identity.Store);
            IEnumerable<string> names = identity.IsPattern ? known(session).Where(identity.Matches) : [identity.Name];
            foreach (string name in names.Where(name => seen.Add((session.Store.Path, name))))
            {
                yield return new FoundName(session, name);
            }
        }
    }
}
