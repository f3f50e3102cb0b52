using VServer.Linux.Interop;

namespace VServer.Linux.Helper;

/// <summary>Writes a stream to a program's stdin in a thread of its own, as fast as the program takes it.</summary>
internal sealed class InputPump : IDisposable
{
    private const int BufferSize = 64 * 1024;

    /// <summary>A stream that neither gives bytes nor heeds cancellation is left to itself after this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

#pragma warning disable CA2213 // Both stay the caller's.
    private readonly Stream stream;
    private readonly FileDescriptor wake;
#pragma warning restore CA2213
    private readonly FileDescriptor pipe;
    private readonly CancellationTokenSource stopping = new();
    private readonly Thread thread;

    /// <summary>Makes a pump that stops when the other end of <paramref name="wake"/> is closed.</summary>
    /// <param name="stream">What to write; it stays the caller's.</param>
    /// <param name="pipe">The end to write to; taken over.</param>
    /// <param name="wake">The end that tells to stop; stays the caller's.</param>
    public InputPump(Stream stream, FileDescriptor pipe, FileDescriptor wake)
    {
        this.stream = stream;
        this.pipe = pipe;
        this.wake = wake;
        thread = new Thread(Run) { IsBackground = true, Name = "vserver input" };
    }

    /// <summary>Starts writing.</summary>
    public void Start() => thread.Start();

    /// <summary>Stops writing: the program has ended.</summary>
    public void Finish()
    {
        stopping.Cancel();
        if (thread.IsAlive)
        {
            thread.Join(Patience);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Finish();
        pipe.Dispose();
        stopping.Dispose();
    }

    private void Run()
    {
        byte[] buffer = new byte[BufferSize];
        _ = FileControl.Control(pipe, FileControl.SetStatusFlags, (int)OpenFlags.NonBlocking);
        try
        {
            int length = ReadSome(buffer);
            while (length > 0 && WriteAll(buffer.AsSpan(0, length)))
            {
                length = ReadSome(buffer);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // An input that ends badly ends: the program sees the end of its stdin.
        }
        finally
        {
            pipe.Dispose();
        }
    }

    private int ReadSome(byte[] buffer) => stream.ReadAsync(buffer, stopping.Token).AsTask().GetAwaiter().GetResult();

    /// <summary>False when the program reads no more, or has ended.</summary>
    private bool WriteAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            NativeResult written = Write.Bytes(pipe, bytes);
            if (written.Error == Errno.EAGAIN)
            {
                if (!WaitForRoom())
                {
                    return false;
                }
            }
            else if (!written.Succeeded)
            {
                return false;
            }
            else
            {
                bytes = bytes[(int)written.Value..];
            }
        }

        return true;
    }

    private bool WaitForRoom()
    {
        Span<PollDescriptor> waits =
        [
            new PollDescriptor { Descriptor = (int)wake.DangerousGetHandle(), Wanted = PollDescriptor.In },
            new PollDescriptor { Descriptor = (int)pipe.DangerousGetHandle(), Wanted = PollDescriptor.Out },
        ];
        return Poll.Wait(waits).Succeeded && waits[0].Seen == 0;
    }
}
