namespace VServer.Ports;

/// <summary>What the kernel says of a file's place on disk (FIEMAP). Holes, and bytes kept among the file system's own records, have none.</summary>
/// <param name="Place">A digest of where each byte is: files of one length and place share every byte on disk. Null when it is not known.</param>
/// <param name="OwnBytes">Bytes on disk that this file alone has; before compression where the file system compresses.</param>
/// <param name="SharedBytes">Bytes on disk that other files have too.</param>
public readonly record struct ExtentFacts(UInt128? Place, long OwnBytes, long SharedBytes)
{
    /// <summary>True when there is anything on disk to be shared.</summary>
    public bool HasBlocks => OwnBytes + SharedBytes > 0;

    /// <summary>True when two files of one length have all their bytes at the same place.</summary>
    public bool IsSamePlace(in ExtentFacts other) => HasBlocks && Place is { } place && place == other.Place;
}
