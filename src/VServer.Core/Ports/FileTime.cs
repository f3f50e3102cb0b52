using System.Globalization;

namespace VServer.Ports;

/// <summary>A point in time as the file system keeps it: seconds since 1970 UTC and nanoseconds.</summary>
public readonly record struct FileTime(long Seconds, uint Nanoseconds)
{
    /// <summary>Reads what <see cref="ToString"/> writes; false for anything else.</summary>
    public static bool TryParse(string? text, out FileTime time)
    {
        string[] parts = (text ?? "").Split('.');
        time = default;
        bool valid = long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds)
            & uint.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out uint nanoseconds)
            && parts.Length == 2
            && parts[1].Length == 9;
        time = valid ? new FileTime(seconds, nanoseconds) : default;
        return valid;
    }

    /// <summary>Seconds and nanoseconds with a point between, all nine digits, as stat shows them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds}.{Nanoseconds:d9}");
}
