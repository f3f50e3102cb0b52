namespace VServer.Ports;

/// <summary>A name in a folder, with what the kernel says of its inode.</summary>
public readonly record struct FolderEntry(UnixPath Name, FileFacts Facts);
