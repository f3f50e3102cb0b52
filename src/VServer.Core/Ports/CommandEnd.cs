namespace VServer.Ports;

/// <summary>How a program in a guest ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal when a signal ended it.</param>
/// <param name="Signal">The signal that ended it, or 0.</param>
/// <param name="TimedOut">True when it was ended for its time limit.</param>
/// <param name="Elapsed">How long it ran.</param>
public sealed record CommandEnd(int ExitCode, int Signal, bool TimedOut, TimeSpan Elapsed);
