namespace VServer.Unify;

/// <summary>A worker for pieces of work that need nothing kept between them.</summary>
internal sealed class NoWorker : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
