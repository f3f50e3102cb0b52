using System.Globalization;

namespace VServer.Hosting;

/// <summary>Byte counts as people read them; the views use it, the objects keep the numbers.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Writes a number of bytes with three digits or so, e.g. <c>0 B</c>, <c>1.5 KiB</c>, <c>123 MiB</c>.</summary>
    public static string Format(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (Math.Abs(value) >= 1023.5 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        string digits = unit > 0 && Math.Abs(value) < 99.95 ? "0.0" : "0";
        return value.ToString(digits, CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
