using System.Text;
using VServer.Ports;

namespace VServer.Hosting;

/// <summary>Keeps what a program writes until its end.</summary>
internal sealed class CommandRecord : IDisposable
{
    private readonly MemoryStream output = new();
    private readonly MemoryStream errors = new();

    /// <summary>Takes what it writes to stdout.</summary>
    public void TakeOutput(ReadOnlyMemory<byte> bytes) => output.Write(bytes.Span);

    /// <summary>Takes what it writes to stderr.</summary>
    public void TakeErrors(ReadOnlyMemory<byte> bytes) => errors.Write(bytes.Span);

    /// <summary>All that is to be said of it.</summary>
    public CommandResult Finish(string guest, CommandEnd end) => new()
    {
        Guest = guest,
        ExitCode = end.ExitCode,
        Signal = end.Signal,
        TimedOut = end.TimedOut,
        Stdout = Text(output),
        Stderr = Text(errors),
        Elapsed = end.Elapsed,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
    }

    private static string Text(MemoryStream bytes) => Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
}
