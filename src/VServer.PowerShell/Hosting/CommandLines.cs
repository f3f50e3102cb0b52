using System.Management.Automation;

namespace VServer.Hosting;

/// <summary>Says what a program writes line by line, as it comes; each line knows its guest.</summary>
/// <param name="guest">The guest.</param>
/// <param name="post">Has something said on the pipeline's thread.</param>
/// <param name="write">Says a line of stdout there.</param>
/// <param name="writeError">Says a line of stderr there, of a guest.</param>
internal sealed class CommandLines(string guest, Action<Action> post, Action<object> write, Action<string, string> writeError)
{
    private readonly LineSplitter output = new();
    private readonly LineSplitter errors = new();

    /// <summary>Takes what it writes to stdout.</summary>
    public void TakeOutput(ReadOnlyMemory<byte> bytes) => Say(output.Add(bytes.Span), Write);

    /// <summary>Takes what it writes to stderr.</summary>
    public void TakeErrors(ReadOnlyMemory<byte> bytes) => Say(errors.Add(bytes.Span), line => writeError(guest, line));

    /// <summary>Says the last lines, if they had no end.</summary>
    public void Finish()
    {
        Say(output.End(), Write);
        Say(errors.End(), line => writeError(guest, line));
    }

    private void Say(IReadOnlyList<string> lines, Action<string> say)
    {
        if (lines.Count > 0)
        {
            post(() => Array.ForEach([.. lines], say));
        }
    }

    private void Write(string line)
    {
        PSObject named = new(line);
        named.Properties.Add(new PSNoteProperty("Guest", guest));
        write(named);
    }
}
