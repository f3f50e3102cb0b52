namespace VServer.Ports;

/// <summary>Reads what guests write to their consoles.</summary>
public interface IGuestLog
{
    /// <summary>Gives the lines of a log and of the one that was turned over before it; none where there is no log.</summary>
    /// <param name="path">Absolute path of the log.</param>
    IReadOnlyList<string> Read(string path);

    /// <summary>Gives the lines of a log that are complete, then each that is added, across turn-overs, until cancelled.</summary>
    /// <param name="path">Absolute path of the log, which may come to be later.</param>
    /// <param name="tail">How many of the lines there are to give first; null for all.</param>
    /// <param name="tell">Gets each line.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, which is its only end.</exception>
    void Follow(string path, int? tail, Action<string> tell, CancellationToken cancellation);
}
