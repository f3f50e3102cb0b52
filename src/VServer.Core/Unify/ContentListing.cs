using VServer.Ports;

namespace VServer.Unify;

/// <summary>What a walk of one guest's tree found: its folders with their times, and the files that may be shared.</summary>
internal sealed class ContentListing
{
    /// <summary>The folders, numbered as found.</summary>
    public List<(UnixPath Path, FileTime Modified)> Folders { get; } = [];

    /// <summary>The files that may be shared, each name by itself.</summary>
    public List<ContentInode> Files { get; } = [];

    /// <summary>Inodes of which a name may not.</summary>
    public ExcludedInodes Excluded { get; } = new();

    /// <summary>Files that may not, and why not.</summary>
    public GuestTally Tally { get; } = new();

    /// <summary>Lets go of the files, once they are grouped by inode.</summary>
    public void ForgetFiles()
    {
        Files.Clear();
        Files.Capacity = 0;
    }
}
