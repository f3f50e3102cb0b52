using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>struct fiemap_extent.</summary>
[StructLayout(LayoutKind.Sequential, Size = 56)]
internal struct FileExtent
{
    /// <summary>FIEMAP_EXTENT_LAST.</summary>
    public const uint Last = 0x1;

    /// <summary>FIEMAP_EXTENT_UNKNOWN; also set for what is not on disk yet.</summary>
    public const uint Unknown = 0x2;

    /// <summary>FIEMAP_EXTENT_DATA_INLINE: among the file system's own records, not in a block.</summary>
    public const uint Inline = 0x200;

    /// <summary>FIEMAP_EXTENT_UNWRITTEN: reads as zeros whatever is there.</summary>
    public const uint Unwritten = 0x800;

    /// <summary>FIEMAP_EXTENT_SHARED.</summary>
    public const uint Shared = 0x2000;

    public ulong Logical;
    public ulong Physical;
    public ulong Length;
    private readonly ulong reserved1;
    private readonly ulong reserved2;
    public uint Flags;
}
