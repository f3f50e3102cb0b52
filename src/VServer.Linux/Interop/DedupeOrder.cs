using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>struct file_dedupe_range with the one struct file_dedupe_range_info that follows it here.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DedupeOrder
{
    /// <summary>FILE_DEDUPE_RANGE_SAME.</summary>
    public const int Same = 0;

    /// <summary>FILE_DEDUPE_RANGE_DIFFERS.</summary>
    public const int Differs = 1;

    public ulong SourceOffset;
    public ulong Length;
    public ushort TargetCount;
    private readonly ushort reserved1;
    private readonly uint reserved2;
    public long Target;
    public ulong TargetOffset;
    public ulong Shared;
    public int Status;
    private readonly uint reserved3;
}
