namespace VServer.Ports;

/// <summary>How a process has ended.</summary>
/// <param name="Signaled">True when a signal ended it.</param>
/// <param name="Number">The signal, or the exit code.</param>
public readonly record struct ProgramEnd(bool Signaled, int Number)
{
    /// <summary>True unless it exited with code 0.</summary>
    public bool IsFailure => Signaled || Number != 0;
}
