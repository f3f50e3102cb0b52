using VServer.Ports;

namespace VServer.Unify;

/// <summary>A name of a file that may be shared.</summary>
/// <param name="Guest">Index of the guest.</param>
/// <param name="Folder">Index of its folder in the guest's listing.</param>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Facts">What the kernel said of it.</param>
internal readonly record struct ContentName(int Guest, int Folder, UnixPath Name, FileFacts Facts);
