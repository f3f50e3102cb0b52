using VServer.Ports;

namespace VServer.Core.Tests.Fakes;

/// <summary>An inode in memory, whose ctime is how often anything was changed at all.</summary>
internal sealed class MemoryNode(FileKind kind, ulong inode)
{
    private static long changes;

    private long changed = ++changes;
    private byte[] content = [];
    private uint linkCount = 1;

    public FileKind Kind { get; } = kind;

    public ulong Inode { get; } = inode;

    public uint Permissions { get; set; }

    public uint LinkCount
    {
        get => linkCount;
        set => (linkCount, changed) = (value, ++changes);
    }

    public byte[] Content
    {
        get => content;
        set => (content, changed) = (value, ++changes);
    }

    /// <summary>How often somebody read it.</summary>
    public int Reads { get; set; }

    public SortedDictionary<UnixPath, MemoryNode> Entries { get; } = [];

    public FileFacts Facts => new(
        1, Inode, 1, Kind, Permissions, 0, 0, LinkCount, Content.Length, Content.Length, default, new FileTime(changed, 0), InodeFlags.None, 0);
}
