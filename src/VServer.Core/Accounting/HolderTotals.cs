namespace VServer.Accounting;

/// <summary>What one holder has alone: inodes all of whose names are there.</summary>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="Inodes">How many inodes.</param>
/// <param name="DeltaBytes">Bytes of the delta, shared or not.</param>
/// <param name="MostLinks">The most names that one inode of it has anywhere.</param>
internal readonly record struct HolderTotals(long Bytes, long Inodes, long DeltaBytes, uint MostLinks);
