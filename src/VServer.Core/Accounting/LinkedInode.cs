namespace VServer.Accounting;

/// <summary>An inode with several names, as one tree shows it.</summary>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="LinkCount">How many names it has anywhere.</param>
/// <param name="NamesHere">How many of them are in this tree.</param>
internal readonly record struct LinkedInode(long Bytes, uint LinkCount, uint NamesHere);
