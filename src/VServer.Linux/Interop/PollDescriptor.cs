using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    /// <summary>POLLIN.</summary>
    public const short In = 1;

    /// <summary>POLLOUT.</summary>
    public const short Out = 4;

    /// <summary>The descriptor's number; negative to be passed over.</summary>
    public int Descriptor;

    /// <summary>What is waited for; errors and hang-ups always are.</summary>
    public short Wanted;

    /// <summary>What has come.</summary>
    public short Seen;
}
