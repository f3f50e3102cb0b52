using VServer.Ports;

namespace VServer.Guards;

/// <summary>A regular file that was meant. Its folder is open only until the next is asked for.</summary>
/// <param name="Path">Where it is in the tree.</param>
/// <param name="Folder">Its folder, open.</param>
/// <param name="Entry">What is known of it.</param>
/// <param name="IsNamed">True when it was given whole, and not met in a folder or by a pattern.</param>
internal readonly record struct SelectedFile(UnixPath Path, IFolder Folder, FolderEntry Entry, bool IsNamed);
