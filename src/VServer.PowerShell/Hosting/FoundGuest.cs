namespace VServer.Hosting;

/// <summary>A guest as it was when it was found, and where.</summary>
internal sealed record FoundGuest(StoreSession Session, Guest Guest);
