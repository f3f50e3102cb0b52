using System.Runtime.ExceptionServices;
using VServer.Linux.Interop;

namespace VServer.Linux.Helper;

/// <summary>Reads a program's stdout and stderr in a thread of its own and hands the bytes on as they come.</summary>
internal sealed class OutputPump : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly FileDescriptor wake;
    private readonly List<(FileDescriptor Pipe, Action<ReadOnlyMemory<byte>> Sink)> sources = [];
    private readonly Thread thread;
    private ExceptionDispatchInfo? failure;

    /// <summary>Makes a pump that stops when the other end of <paramref name="wake"/> is closed.</summary>
    public OutputPump(FileDescriptor wake)
    {
        this.wake = wake;
        thread = new Thread(Run) { IsBackground = true, Name = "vserver output" };
    }

    /// <summary>Adds a pipe to read, taking it over.</summary>
    public void Add(FileDescriptor pipe, Action<ReadOnlyMemory<byte>> sink)
    {
        FileControl.Control(pipe, FileControl.SetStatusFlags, (int)OpenFlags.NonBlocking).ThrowIfFailed("fcntl", "set up a pipe for", HelperProcess.Name);
        sources.Add((pipe, sink));
    }

    /// <summary>Starts reading.</summary>
    public void Start()
    {
        if (sources.Count > 0)
        {
            thread.Start();
        }
    }

    /// <summary>Waits until all that was there when the pump was told to stop is delivered; throws what a receiver threw.</summary>
    public void Finish()
    {
        if (thread.IsAlive)
        {
            thread.Join();
        }

        failure?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (thread.IsAlive)
        {
            thread.Join();
        }

        sources.ForEach(static source => source.Pipe.Dispose());
        wake.Dispose();
    }

    private void Run()
    {
        byte[] buffer = new byte[BufferSize];
        bool[] open = [.. sources.Select(static _ => true)];
        bool told = false;
        while (!told && open.Contains(true))
        {
            told = WaitForSome(open);
            for (int i = 0; i < open.Length; i++)
            {
                open[i] = open[i] && Drain(sources[i], buffer);
            }
        }
    }

    /// <summary>True when told to stop; what is in the pipes then is all there will be.</summary>
    private bool WaitForSome(bool[] open)
    {
        Span<PollDescriptor> waits = stackalloc PollDescriptor[open.Length + 1];
        waits[0] = new PollDescriptor { Descriptor = (int)wake.DangerousGetHandle(), Wanted = PollDescriptor.In };
        for (int i = 0; i < open.Length; i++)
        {
            waits[i + 1] = new PollDescriptor { Descriptor = open[i] ? (int)sources[i].Pipe.DangerousGetHandle() : -1, Wanted = PollDescriptor.In };
        }

        return !Poll.Wait(waits).Succeeded || waits[0].Seen != 0;
    }

    /// <summary>Delivers what is in the pipe; false at its end.</summary>
    private bool Drain((FileDescriptor Pipe, Action<ReadOnlyMemory<byte>> Sink) source, byte[] buffer)
    {
        while (true)
        {
            NativeResult got = Read.Bytes(source.Pipe, buffer);
            if (!got.Succeeded || got.Value == 0)
            {
                return got.Error == Errno.EAGAIN;
            }

            Deliver(source.Sink, buffer.AsMemory(0, (int)got.Value));
        }
    }

    private void Deliver(Action<ReadOnlyMemory<byte>> sink, ReadOnlyMemory<byte> bytes)
    {
        if (failure is not null)
        {
            // Read on, so that the program is not held up by a receiver that has failed.
            return;
        }

        try
        {
            sink(bytes);
        }
#pragma warning disable CA1031 // Whatever the receiver throws belongs to its own thread, where Finish throws it again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }
    }
}
