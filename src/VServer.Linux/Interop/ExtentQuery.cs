using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>struct fiemap, which the extents follow.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct ExtentQuery
{
    public ulong Start;
    public ulong Length;
    public uint Flags;
    public uint Found;
    public uint Room;
}
