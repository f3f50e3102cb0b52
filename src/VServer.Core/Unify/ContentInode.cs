using VServer.Ports;

namespace VServer.Unify;

/// <summary>An inode with the names of it that were found.</summary>
internal sealed class ContentInode(ContentName name, FileFacts facts)
{
    /// <summary>What the kernel said of it.</summary>
    public FileFacts Facts { get; } = facts;

    /// <summary>Its names, in whichever guests; room for one, as most have, since room for four takes megabytes in ten guests.</summary>
    public List<ContentName> Names { get; } = new(1) { name };

    /// <summary>Where its bytes are on disk, null until that was asked.</summary>
    public ExtentFacts? Extents { get; set; }
}
