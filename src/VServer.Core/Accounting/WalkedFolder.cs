using VServer.Ports;

namespace VServer.Accounting;

/// <summary>A folder that a walk is in. The folder is open only until the walk goes on.</summary>
/// <param name="Path">Where it is in the tree.</param>
/// <param name="Folder">The folder, open.</param>
/// <param name="Entries">What is in it; what is mounted there is left out.</param>
internal readonly record struct WalkedFolder(UnixPath Path, IFolder Folder, IReadOnlyList<FolderEntry> Entries);
