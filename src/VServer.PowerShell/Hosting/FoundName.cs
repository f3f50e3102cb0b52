namespace VServer.Hosting;

/// <summary>A name in a store: one that a pattern matched, or one that was given whole and may not exist.</summary>
internal readonly record struct FoundName(StoreSession Session, string Name);
