using System.Buffers;
using System.Text;

namespace VServer.Packages;

/// <summary>
/// Reads what rpm prints for <c>:shescape</c>: texts in single quotes with <c>'\''</c> for a quote in them, numbers and <c>(none)</c> bare. That
/// leaves no byte that a database could print to look like the end of a field.
/// </summary>
internal ref struct RpmText(ReadOnlySpan<byte> text)
{
    private const byte Quote = (byte)'\'';

    private static readonly SearchValues<byte> EndOfBare = SearchValues.Create(" \n'"u8);

    private ReadOnlySpan<byte> rest = text;

    /// <summary>True when everything was read.</summary>
    public readonly bool IsAtEnd => rest.IsEmpty;

    /// <summary>True when the word has been read.</summary>
    public bool TryTake(scoped ReadOnlySpan<byte> word)
    {
        bool found = rest.StartsWith(word);
        rest = found ? rest[word.Length..] : rest;
        return found;
    }

    /// <summary>One field's bytes; false when there is none.</summary>
    public bool TryTakeField(out ReadOnlySpan<byte> field)
    {
        if (rest.IsEmpty || rest[0] != Quote)
        {
            int end = rest.IndexOfAny(EndOfBare);
            field = end < 0 ? rest : rest[..end];
            rest = rest[field.Length..];
            return !field.IsEmpty;
        }

        int close = rest[1..].IndexOf(Quote) + 1;
        if (close > 0 && !rest[close..].StartsWith("'\\''"u8))
        {
            field = rest[1..close];
            rest = rest[(close + 1)..];
            return true;
        }

        return TryTakeQuoted(out field);
    }

    /// <summary>One field as text; false when there is none.</summary>
    public bool TryTakeText(out string field)
    {
        bool taken = TryTakeField(out ReadOnlySpan<byte> bytes);
        field = Encoding.Latin1.GetString(bytes);
        return taken;
    }

    private bool TryTakeQuoted(out ReadOnlySpan<byte> field)
    {
        ArrayBufferWriter<byte> bytes = new();
        field = default;
        rest = rest[1..];
        while (true)
        {
            int close = rest.IndexOf(Quote);
            if (close < 0)
            {
                return false;
            }

            bytes.Write(rest[..close]);
            rest = rest[(close + 1)..];
            if (!TryTake("\\''"u8))
            {
                field = bytes.WrittenSpan;
                return true;
            }

            bytes.Write("'"u8);
        }
    }
}
