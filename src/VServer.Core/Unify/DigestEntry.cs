using VServer.Ports;

namespace VServer.Unify;

/// <summary>What is remembered of one inode.</summary>
/// <param name="Changed">Its ctime when its bytes were read: any later change of content or metadata gives it another.</param>
/// <param name="Size">Its length then.</param>
/// <param name="Digest">The digest of its bytes.</param>
/// <param name="LastMet">The generation of the memory in which a run last asked for it.</param>
internal readonly record struct DigestEntry(FileTime Changed, long Size, UInt128 Digest, uint LastMet);
