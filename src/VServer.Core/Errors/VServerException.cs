namespace VServer.Errors;

/// <summary>
/// A failure with a stable public id (see <see cref="ErrorIds"/>), a kind, and the target as the user named it. The message says what was
/// tried, on what, why it failed and what to do.
/// </summary>
public sealed class VServerException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="kind">What sort of failure it is.</param>
    /// <param name="target">What the user named.</param>
    /// <param name="message">The whole sentence.</param>
    /// <param name="inner">What lay under it.</param>
    public VServerException(string errorId, ErrorKind kind, object? target, string message, Exception? inner = null)
        : base(message, inner)
    {
        ErrorId = errorId;
        Kind = kind;
        Target = target;
    }

    /// <summary>The stable id.</summary>
    public string ErrorId { get; }

    /// <summary>What sort of failure it is.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What the user named.</summary>
    public object? Target { get; }
}
