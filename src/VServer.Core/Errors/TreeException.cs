namespace VServer.Errors;

/// <summary>An operation on a guest's tree failed. Callers turn it into a per-file result or into a <see cref="VServerException"/>.</summary>
public sealed class TreeException : IOException
{
    /// <summary>Makes a failure.</summary>
    /// <param name="kind">What sort of failure it is.</param>
    /// <param name="nativeError">The raw errno, or 0.</param>
    /// <param name="operation">The system call.</param>
    /// <param name="path">What it was tried on.</param>
    /// <param name="message">The whole sentence.</param>
    public TreeException(ErrorKind kind, int nativeError, string operation, UnixPath? path, string message)
        : base(message)
    {
        Kind = kind;
        NativeError = nativeError;
        Operation = operation;
        Path = path;
    }

    /// <summary>What sort of failure it is.</summary>
    public ErrorKind Kind { get; }

    /// <summary>The raw errno, or 0.</summary>
    public int NativeError { get; }

    /// <summary>The system call.</summary>
    public string Operation { get; }

    /// <summary>What it was tried on.</summary>
    public UnixPath? Path { get; }
}
