using System.Buffers;
using System.Globalization;
using System.Text;

namespace VServer;

/// <summary>Turns the display form of a path back into its bytes.</summary>
internal static class PathEscapes
{
    private const int Length = 4;

    /// <summary>Decodes <c>\xNN</c> and takes all else as UTF-8; false when a backslash begins anything else.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        ArrayBufferWriter<byte> decoded = new(Math.Max(1, text.Length));
        bytes = [];
        while (!text.IsEmpty)
        {
            int escape = text.IndexOf('\\');
            Encoding.UTF8.GetBytes(escape < 0 ? text : text[..escape], decoded);
            text = escape < 0 ? [] : text[escape..];
            if (!text.IsEmpty)
            {
                if (text.Length < Length || text[1] != 'x' || !byte.TryParse(text[2..Length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
                {
                    return false;
                }

                decoded.Write([value]);
                text = text[Length..];
            }
        }

        bytes = decoded.WrittenSpan.ToArray();
        return true;
    }
}
