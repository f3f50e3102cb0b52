namespace VServer.Ports;

/// <summary>What settling a delta did.</summary>
/// <param name="Moved">Files, links and nodes renamed into the tree.</param>
/// <param name="Removed">Names of the tree that the guest had removed.</param>
/// <param name="Folders">Folders made or changed.</param>
public sealed record SettleEnd(long Moved, long Removed, long Folders);
