namespace VServer.Provision;

/// <summary>One source cannot give an engine; the message says why.</summary>
public sealed class EngineUnavailableException : Exception
{
    /// <summary>Makes an exception without a reason.</summary>
    public EngineUnavailableException()
    {
    }

    /// <summary>Makes an exception with the reason.</summary>
    public EngineUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with the reason and its cause.</summary>
    public EngineUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
