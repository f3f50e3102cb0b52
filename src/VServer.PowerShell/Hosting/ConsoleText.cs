using System.Globalization;
using System.Text.RegularExpressions;

namespace VServer.Hosting;

/// <summary>What a guest has written, for a terminal that is not its own: it may have colours, and nothing else that a terminal acts on.</summary>
public static partial class ConsoleText
{
    private const string Reset = "\u001b[0m";

    /// <summary>The text with all control characters but tabs and colours as <c>\xNN</c>; colours end with it.</summary>
    public static string Show(string text)
    {
        bool isColoured = false;
        string shown = ColourOrControl().Replace(text, match =>
        {
            isColoured |= match.Length > 1;
            return match.Length > 1 ? match.Value : string.Create(CultureInfo.InvariantCulture, $"\\x{(int)match.Value[0]:x2}");
        });
        return isColoured ? shown + Reset : shown;
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m|[\u0000-\u0008\u000a-\u001f\u007f-\u009f]")]
    private static partial Regex ColourOrControl();
}
