namespace VServer.Guests;

/// <summary>Where inodes with several names were copied to, so that their other names become links again. For several threads, which take turns.</summary>
internal sealed class CopiedInodes
{
    private readonly Dictionary<(ulong Device, ulong Inode), UnixPath> copies = [];

    /// <summary>Held while such an inode is copied or linked.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The path of an inode's copy; null when this is the first of its names, whose path is remembered then.</summary>
    public UnixPath? FindOrAdd(ulong device, ulong inode, UnixPath path) =>
        copies.TryAdd((device, inode), path) ? null : copies[(device, inode)];
}
