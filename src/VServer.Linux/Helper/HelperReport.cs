using System.Text.Json;
using VServer.Linux.Interop;

namespace VServer.Linux.Helper;

/// <summary>The helper's report: lines of JSON from a socket whose other end the helper has.</summary>
internal sealed class HelperReport : IDisposable
{
    /// <summary>The helper writes no longer line.</summary>
    private const int LongestLine = 8192;

    private readonly FileDescriptor socket;
    private readonly byte[] buffer = new byte[LongestLine];
    private int filled;

    /// <summary>Takes the socket over.</summary>
    public HelperReport(FileDescriptor socket) => this.socket = socket;

    /// <summary>Closes the report for both sides, which the helper takes as being cancelled; a read in another thread ends.</summary>
    public void Cancel() => Shutdown.End(socket);

    /// <summary>The next event; null at the end, or where what follows is no report.</summary>
    public HelperEvent? Read()
    {
        while (true)
        {
            int length = buffer.AsSpan(0, filled).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(length);
            }

            NativeResult got = filled < buffer.Length ? Interop.Read.Bytes(socket, buffer.AsSpan(filled)) : default;
            if (!got.Succeeded || got.Value == 0)
            {
                return null;
            }

            filled += (int)got.Value;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private HelperEvent? Take(int length)
    {
        HelperEvent? record = Parse(buffer.AsSpan(0, length));
        buffer.AsSpan(length + 1, filled - length - 1).CopyTo(buffer);
        filled -= length + 1;
        return record;
    }

    private static HelperEvent? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, HelperJson.Default.HelperEvent);
        }
        catch (JsonException)
        {
            // What can't be understood is as good as nothing: without "done" the call has failed.
            return null;
        }
    }
}
