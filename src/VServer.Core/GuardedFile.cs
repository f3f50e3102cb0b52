using VServer.Unify;

namespace VServer;

/// <summary>What keeps a regular file of a guest from being changed by one of those that share it.</summary>
public sealed record GuardedFile
{
    /// <summary>The guest or template.</summary>
    public required string Guest { get; init; }

    /// <summary>Absolute path of the store.</summary>
    public required string Store { get; init; }

    /// <summary>The file, as the guest sees it.</summary>
    public required UnixPath Path { get; init; }

    /// <summary>
    /// Immutable where the inode is sealed; MayUnlink where it has several names and no seal, so that the copy-on-write roots of guests guard it;
    /// None where it is the guest's alone.
    /// </summary>
    public UnifyGuard Guard { get; init; }

    /// <summary>How many names the inode has, in all guests together.</summary>
    public uint Names { get; init; }

    /// <summary>Its length in bytes.</summary>
    public long Size { get; init; }
}
