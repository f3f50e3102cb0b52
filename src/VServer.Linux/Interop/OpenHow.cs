using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>struct open_how of openat2(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct OpenHow(ulong flags, ulong mode, ResolveFlags resolve)
{
    public readonly ulong Flags = flags;
    public readonly ulong Mode = mode;
    public readonly ResolveFlags Resolve = resolve;
}
