namespace VServer.Crash.Tests;

/// <summary>What must be equal to the goal besides what guests see.</summary>
/// <param name="Sharing">Which names are one inode, and so which seals are still needed; not where chance says that.</param>
/// <param name="FolderTimes">Folders' times; not after a power loss, which may take the journal's record of them.</param>
internal sealed record Strictness(bool Sharing, bool FolderTimes);
