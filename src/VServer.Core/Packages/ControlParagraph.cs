namespace VServer.Packages;

/// <summary>A paragraph of a control file: fields with a name each, their values possibly folded over several lines.</summary>
internal sealed class ControlParagraph
{
    private readonly ReadOnlyMemory<byte> content;
    private readonly IReadOnlyList<ControlField> fields;

    internal ControlParagraph(ReadOnlyMemory<byte> content, int line, IReadOnlyList<ControlField> fields)
    {
        this.content = content;
        this.fields = fields;
        Line = line;
    }

    /// <summary>The line of the file that it starts on, from 1.</summary>
    public int Line { get; }

    /// <summary>The whole paragraph as it stands in the file, without the empty line after it.</summary>
    public ReadOnlySpan<byte> Bytes => content.Span;

    /// <summary>A field's value without the blanks around it; the name in any case; empty when there is no such field.</summary>
    public ReadOnlySpan<byte> this[ReadOnlySpan<byte> name]
    {
        get
        {
            foreach (ControlField field in fields)
            {
                if (System.Text.Ascii.EqualsIgnoreCase(content.Span[field.Name], name))
                {
                    return content.Span[field.Value].Trim(" \t\n"u8);
                }
            }

            return [];
        }
    }
}
