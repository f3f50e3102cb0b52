namespace VServer.Unify;

/// <summary>A name of a file that may be shared.</summary>
/// <param name="Guest">Index of the guest.</param>
/// <param name="Folder">Index of its folder in the guest's listing.</param>
/// <param name="Name">Its name in the folder.</param>
internal readonly record struct ContentName(int Guest, int Folder, UnixPath Name);
