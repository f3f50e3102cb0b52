namespace VServer.Ports;

/// <summary>A point in time as the file system keeps it: seconds since 1970 UTC and nanoseconds.</summary>
public readonly record struct FileTime(long Seconds, uint Nanoseconds);
