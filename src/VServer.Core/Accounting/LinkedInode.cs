namespace VServer.Accounting;

/// <summary>An inode with several names, as far as it has been met.</summary>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="LinkCount">How many names it has anywhere.</param>
/// <param name="Names">How many of them were met.</param>
/// <param name="Holders">Number of the set of holders they were met at; see <see cref="HolderSets"/>.</param>
internal readonly record struct LinkedInode(long Bytes, uint LinkCount, uint Names, int Holders);
