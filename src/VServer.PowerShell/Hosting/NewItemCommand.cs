using VServer.Guests;

namespace VServer.Hosting;

/// <summary>A cmdlet that makes guests or templates, in a store that is made with the first of them.</summary>
public abstract class NewItemCommand : VServerCommand
{
    // One for all that is made in a store: a session remembers what it has read of the template.
    private readonly Dictionary<string, StoreSession> made = new(StringComparer.Ordinal);

    /// <summary>Fails when the name cannot be used, before anybody is asked to confirm and before a missing store is made.</summary>
    /// <param name="name">The name of what is to be made.</param>
    /// <param name="store">Absolute path of the store; null for the one of the parameters.</param>
    private protected void CheckName(string name, string? store = null)
    {
        GuestName.Check(name);
        if (Directory.Exists(store ?? ResolveStorePath()))
        {
            Session(store).Store.CheckFree(name);
        }
    }

    /// <summary>The store that is meant, with all its folders, made when they are missing.</summary>
    private protected StoreSession SessionForNew(string? store = null)
    {
        string path = store ?? ResolveStorePath();
        if (!made.TryGetValue(path, out StoreSession? session))
        {
            session = OpenTerminating(Parts.OpenOrCreate, path);
            made.Add(path, session);
        }

        return session;
    }
}
