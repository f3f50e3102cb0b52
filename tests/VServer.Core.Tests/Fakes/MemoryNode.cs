using VServer.Ports;

namespace VServer.Core.Tests.Fakes;

/// <summary>An inode in memory.</summary>
internal sealed class MemoryNode(FileKind kind, ulong inode)
{
    public FileKind Kind { get; } = kind;

    public ulong Inode { get; } = inode;

    public uint Permissions { get; set; }

    public uint LinkCount { get; set; } = 1;

    public byte[] Content { get; set; } = [];

    public SortedDictionary<UnixPath, MemoryNode> Entries { get; } = [];

    public FileFacts Facts => new(
        1, Inode, 1, Kind, Permissions, 0, 0, LinkCount, Content.Length, Content.Length, default, default, InodeFlags.None, 0);
}
