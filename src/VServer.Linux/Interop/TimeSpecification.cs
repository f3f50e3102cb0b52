using System.Runtime.InteropServices;
using VServer.Ports;

namespace VServer.Linux.Interop;

/// <summary>struct timespec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TimeSpecification(long seconds, long nanoseconds)
{
    /// <summary>UTIME_OMIT: leave the time as it is.</summary>
    public static readonly TimeSpecification Omit = new(0, (1L << 30) - 2);

    public readonly long Seconds = seconds;
    public readonly long Nanoseconds = nanoseconds;

    /// <summary>Takes a file's time.</summary>
    public static TimeSpecification From(FileTime time) => new(time.Seconds, time.Nanoseconds);

    /// <summary>Takes what statx said.</summary>
    public static TimeSpecification From(in StatxTimestamp time) => new(time.Seconds, time.Nanoseconds);
}
