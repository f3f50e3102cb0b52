using VServer.Ports;

namespace VServer.Unify;

/// <summary>An inode with several names, as one guest's tree shows it.</summary>
internal sealed class SharedInode(FileFacts facts)
{
    /// <summary>What the kernel said of it.</summary>
    public FileFacts Facts { get; } = facts;

    /// <summary>How many names it has in the guest, those left out by the request too.</summary>
    public uint NamesInGuest { get; set; }

    /// <summary>The names that the request takes in, by folder.</summary>
    public List<(UnixPath Folder, UnixPath Name)> Wanted { get; } = [];

    /// <summary>True when other files have some of its bytes on disk; known only where that was asked.</summary>
    public bool SharesExtents { get; set; }

    /// <summary>True when it has names outside the guest.</summary>
    public bool IsShared => NamesInGuest < Facts.LinkCount;
}
