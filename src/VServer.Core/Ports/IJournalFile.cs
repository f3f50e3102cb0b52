namespace VServer.Ports;

/// <summary>A file that records are appended to.</summary>
public interface IJournalFile : IDisposable
{
    /// <summary>Appends one record with one write; it survives the death of the process, not yet a power loss.</summary>
    void Append(ReadOnlySpan<byte> record);

    /// <summary>Makes what was appended survive a power loss.</summary>
    void Flush();
}
