namespace VServer;

/// <summary>What a guest or template shares with one other.</summary>
/// <param name="Name">The guest or template.</param>
/// <param name="Partner">The other; <c>.vserver</c> for the store's own files, as an interrupted undo leaves some.</param>
/// <param name="Inodes">How many inodes have names in both.</param>
/// <param name="Bytes">Their bytes on disk.</param>
/// <param name="Allowed">False when the two are in different trust groups, which must not be: Test-VServer names the files, Repair-VServer parts them.</param>
public sealed record UsagePartner(string Name, string Partner, long Inodes, long Bytes, bool Allowed);
