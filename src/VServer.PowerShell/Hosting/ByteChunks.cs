using System.Buffers;

namespace VServer.Hosting;

/// <summary>Gives bytes that come in any portions in arrays of one size, the last one shorter.</summary>
/// <param name="size">The size; 1 for whatever comes, which is to be enumerated anyway, 0 for all in one.</param>
/// <param name="give">Takes an array.</param>
internal sealed class ByteChunks(int size, Action<byte[]> give)
{
    private readonly ArrayBufferWriter<byte> waiting = new();

    /// <summary>Takes some bytes; they may change as soon as this returns.</summary>
    public void Take(ReadOnlyMemory<byte> bytes)
    {
        if (size == 1)
        {
            give(bytes.ToArray());
            return;
        }

        while (size > 0 && waiting.WrittenCount + bytes.Length >= size)
        {
            int part = size - waiting.WrittenCount;
            waiting.Write(bytes[..part].Span);
            bytes = bytes[part..];
            Finish();
        }

        waiting.Write(bytes.Span);
    }

    /// <summary>Gives what is left.</summary>
    public void Finish()
    {
        if (waiting.WrittenCount > 0)
        {
            give(waiting.WrittenSpan.ToArray());
            waiting.Clear();
        }
    }
}
