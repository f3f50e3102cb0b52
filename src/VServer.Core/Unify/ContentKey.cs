using VServer.Ports;

namespace VServer.Unify;

/// <summary>What two files must have in common before it is worth comparing their bytes: the metadata gate as a key.</summary>
internal readonly record struct ContentKey(long Size, uint Permissions, uint UserId, uint GroupId, InodeFlags Flags, FileTime Modified)
{
    /// <summary>The key of a file.</summary>
    public static ContentKey Of(in FileFacts facts, bool ignoreTime) => new(
        facts.Size,
        facts.Permissions,
        facts.UserId,
        facts.GroupId,
        facts.Flags & ~MetadataGate.Guards,
        ignoreTime ? default : facts.Modified);
}
