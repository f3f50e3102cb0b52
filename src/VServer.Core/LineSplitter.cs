using System.Text;

namespace VServer;

/// <summary>Cuts bytes that come in any portions into lines of UTF-8 text. Used by one thread at a time.</summary>
public sealed class LineSplitter
{
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder rest = new();

    /// <summary>Takes bytes and gives the lines they complete, without their newlines.</summary>
    public IReadOnlyList<string> Add(ReadOnlySpan<byte> bytes)
    {
        char[] text = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        int length = decoder.GetChars(bytes, text, flush: false);
        return Split(text.AsSpan(0, length));
    }

    /// <summary>Gives what came after the last newline, if anything did.</summary>
    public IReadOnlyList<string> End()
    {
        char[] text = new char[Encoding.UTF8.GetMaxCharCount(0)];
        rest.Append(text, 0, decoder.GetChars([], text, flush: true));
        return rest.Length == 0 ? [] : [TakeRest()];
    }

    private List<string> Split(ReadOnlySpan<char> text)
    {
        List<string> lines = [];
        for (int newline = text.IndexOf('\n'); newline >= 0; newline = text.IndexOf('\n'))
        {
            rest.Append(text[..newline]);
            lines.Add(TakeRest());
            text = text[(newline + 1)..];
        }

        rest.Append(text);
        return lines;
    }

    private string TakeRest()
    {
        string line = rest.ToString();
        rest.Clear();
        return line;
    }
}
