namespace VServer.Ports;

/// <summary>What is written down of a folder in a delta, beside what is in it.</summary>
/// <param name="IsOpaque">True when nothing of the tree's folder is seen through it.</param>
/// <param name="MovedFrom">The folder of the tree that goes on here after it was renamed; null for the one of the same name.</param>
/// <param name="IsFromTop">True when <paramref name="MovedFrom"/> is a path in the tree; false for a name in the folder that this one is in.</param>
public readonly record struct FolderMark(bool IsOpaque, UnixPath? MovedFrom, bool IsFromTop);
