using VServer.Errors;

namespace VServer.Packages;

/// <summary>Reads files in the form of deb-control(5): paragraphs with empty lines between, <c>Name: value</c>, values folded by a blank at the start of the line.</summary>
internal sealed class ControlFile
{
    // Real paragraphs have thirty.
    private const int MostFields = 1000;

    private readonly ReadOnlyMemory<byte> content;
    private readonly Func<int, string, VServerException> invalid;
    private readonly List<ControlField> fields = [];
    private int line;

    private ControlFile(ReadOnlyMemory<byte> content, Func<int, string, VServerException> invalid)
    {
        this.content = content;
        this.invalid = invalid;
    }

    /// <summary>All paragraphs.</summary>
    /// <param name="content">The file.</param>
    /// <param name="invalid">Makes the failure out of a line number and what is wrong there.</param>
    public static IEnumerable<ControlParagraph> Parse(ReadOnlyMemory<byte> content, Func<int, string, VServerException> invalid) =>
        new ControlFile(content, invalid).Read();

    private IEnumerable<ControlParagraph> Read()
    {
        int start = 0;
        int startLine = 1;
        for (int position = 0; position < content.Length;)
        {
            line++;
            int end = EndOfLine(position);
            if (end == position)
            {
                if (fields.Count > 0)
                {
                    yield return new ControlParagraph(content[start..position], startLine, [.. fields]);
                    fields.Clear();
                }

                start = end + 1;
                startLine = line + 1;
            }
            else
            {
                TakeLine(start, position, end);
            }

            position = end + 1;
        }

        if (fields.Count > 0)
        {
            yield return new ControlParagraph(content[start..], startLine, [.. fields]);
        }
    }

    private int EndOfLine(int position)
    {
        int length = content.Span[position..].IndexOf((byte)'\n');
        return length < 0 ? content.Length : position + length;
    }

    private void TakeLine(int start, int position, int end)
    {
        ReadOnlySpan<byte> text = content.Span[position..end];
        if (text[0] is (byte)' ' or (byte)'\t')
        {
            Fold(end - start);
            return;
        }

        int colon = text.IndexOf((byte)':');
        if (colon <= 0)
        {
            throw invalid(line, "the line has no field name with a colon after it");
        }

        if (fields.Count == MostFields)
        {
            throw invalid(line, "a paragraph goes on that has more fields than any real one");
        }

        fields.Add(new ControlField((position - start)..(position - start + colon), (position - start + colon + 1)..(end - start)));
    }

    private void Fold(int end)
    {
        if (fields.Count == 0)
        {
            throw invalid(line, "the line continues a field, and there is none before it");
        }

        fields[^1] = fields[^1] with { Value = fields[^1].Value.Start..end };
    }
}
