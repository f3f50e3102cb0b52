using System.Globalization;

namespace VServer.Hosting;

/// <summary>Byte counts as people read them; the views use it, the objects keep the numbers.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Reads a number of bytes as people write it: <c>65536</c>, <c>64k</c>, <c>64MB</c>, <c>64 MiB</c>; null when it is none.</summary>
    public static long? TryParse(string text)
    {
        string trimmed = text.Trim();
        string digits = string.Concat(trimmed.TakeWhile(char.IsAsciiDigit));
        string unit = trimmed[digits.Length..].Trim();
        int power = unit.Length == 0 ? 0 : Array.FindIndex(Units, known => IsUnit(unit, known));
        bool isNumber = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        return isNumber && power >= 0 && (UInt128)number << (10 * power) is var bytes && bytes <= long.MaxValue ? (long)bytes : null;
    }

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

    private static bool IsUnit(string text, string unit) =>
        new[] { unit, unit[..1], $"{unit[..1]}B" }.Contains(text, StringComparer.OrdinalIgnoreCase);
}
