namespace VServer.Hosting;

/// <summary>Reads portions one after the other, and waits for those that are still to come.</summary>
/// <param name="first">The one whose followers are read.</param>
internal sealed class InputStream(InputPortion first) : Stream
{
    private InputPortion? current = first;
    private int offset = first.Bytes.Length;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (current is not null && offset == current.Bytes.Length)
        {
            current = await current.Next.WaitAsync(cancellationToken).ConfigureAwait(false);
            offset = 0;
        }

        if (current is null)
        {
            return 0;
        }

        int length = Math.Min(buffer.Length, current.Bytes.Length - offset);
        current.Bytes.Slice(offset, length).CopyTo(buffer);
        offset += length;
        return length;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
