namespace VServer.Hosting;

/// <summary>Some bytes, and a promise of those that follow: null when nothing will.</summary>
internal sealed class InputPortion(byte[] bytes)
{
    private readonly TaskCompletionSource<InputPortion?> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>What follows.</summary>
    public Task<InputPortion?> Next => next.Task;

    /// <summary>Keeps the promise.</summary>
    public void Follow(InputPortion? portion) => next.SetResult(portion);
}
