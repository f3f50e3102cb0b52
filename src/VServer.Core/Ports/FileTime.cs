using System.Globalization;

namespace VServer.Ports;

/// <summary>A point in time as the file system keeps it: seconds since 1970 UTC and nanoseconds.</summary>
public readonly record struct FileTime(long Seconds, uint Nanoseconds)
{
    /// <summary>Seconds and nanoseconds with a point between, all nine digits, as stat shows them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds}.{Nanoseconds:d9}");
}
