using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Helper;

/// <summary>
/// stdin, stdout and stderr of a call: the caller's own, pipes that are pumped, or nothing. What the program has written until its end is
/// delivered; what others that it left behind write later is not.
/// </summary>
internal sealed class HelperStreams : IDisposable
{
    private readonly Ends ends;
    private readonly FileDescriptor?[] programEnds = new FileDescriptor?[3];
    private FileDescriptor? ended;
    private InputPump? input;
    private OutputPump? output;

    private HelperStreams(Ends ends) => this.ends = ends;

    /// <summary>True when the program has the caller's terminal, and so must be in its foreground.</summary>
    public bool UsesTerminal { get; private init; }

    /// <summary>Streams for calls that neither read nor write.</summary>
    public static HelperStreams None() => new(new Ends(null, null, null, Inherits: false));

    /// <summary>Streams as a command asks for.</summary>
    public static HelperStreams For(CommandOrder order) =>
        new(new Ends(order.Input, order.Output, order.ErrorOutput, Inherits: true)) { UsesTerminal = order.Terminal };

    /// <summary>Streams of the module's own: what a program is given, and what takes what it says.</summary>
    public static HelperStreams Between(Stream? given, Action<ReadOnlyMemory<byte>> sink, Action<ReadOnlyMemory<byte>> errorSink) =>
        new(new Ends(given, sink, errorSink, Inherits: false));

    /// <summary>Makes what is needed and places it for the program that is to be started.</summary>
    public void Place(SpawnActions actions)
    {
        if (UsesTerminal)
        {
            return;
        }

        MakePipes();
        for (int number = 0; number < programEnds.Length; number++)
        {
            if (programEnds[number] is FileDescriptor end)
            {
                actions.Place(end, number).ThrowIfFailed("fcntl", "copy a descriptor for", HelperProcess.Name);
            }
        }
    }

    /// <summary>Starts pumping: the program runs.</summary>
    public void Start()
    {
        Array.ForEach(programEnds, static end => end?.Dispose());
        input?.Start();
        output?.Start();
    }

    /// <summary>Ends pumping after the program's end, when all that it wrote was delivered.</summary>
    public void Finish()
    {
        ended?.Dispose();
        input?.Finish();
        output?.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(programEnds, static end => end?.Dispose());
        ended?.Dispose();
        input?.Dispose();
        output?.Dispose();
    }

    private void MakePipes()
    {
        MakePipe(out FileDescriptor wake, out FileDescriptor waker);
        ended = waker;
        output = new OutputPump(wake);
        MakeInput(wake);
        programEnds[1] = MakeOutput(ends.Output);
        programEnds[2] = MakeOutput(ends.ErrorOutput);
    }

    private void MakeInput(FileDescriptor wake)
    {
        if (ends.Input is not Stream stream)
        {
            programEnds[0] = OpenNothing(OpenFlags.ReadOnly);
            return;
        }

        MakePipe(out FileDescriptor reader, out FileDescriptor writer);
        programEnds[0] = reader;
        input = new InputPump(stream, writer, wake);
    }

    /// <summary>Null for the caller's own.</summary>
    private FileDescriptor? MakeOutput(Action<ReadOnlyMemory<byte>>? taker)
    {
        if (taker is null)
        {
            return ends.Inherits ? null : OpenNothing(OpenFlags.ReadWrite);
        }

#pragma warning disable CA2000 // The pump takes the reader over.
        MakePipe(out FileDescriptor reader, out FileDescriptor writer);
#pragma warning restore CA2000
        output?.Add(reader, taker);
        return writer;
    }

    private static void MakePipe(out FileDescriptor reader, out FileDescriptor writer) =>
        Pipe2.Create(out reader, out writer).ThrowIfFailed("pipe2", "make a pipe for", HelperProcess.Name);

    private static FileDescriptor OpenNothing(ulong flags)
    {
        NativeResult opened = OpenAt2.Open(FileDescriptor.CurrentDirectory, "/dev/null\0"u8, new OpenHow(flags | OpenFlags.CloseOnExec, 0, 0));
        opened.ThrowIfFailed("openat2", "open", UnixPath.Parse("/dev/null"));
        return FileDescriptor.Own(opened.Value);
    }

    // The other ends; the caller's own, or nothing, where there is none.
    private sealed record Ends(Stream? Input, Action<ReadOnlyMemory<byte>>? Output, Action<ReadOnlyMemory<byte>>? ErrorOutput, bool Inherits);
}
