using VServer.Ports;

namespace VServer.Core.Tests.Fakes;

/// <summary>A store's host side in memory: small files by path.</summary>
internal sealed class MemoryStoreHost : IStoreHost
{
    private readonly List<string> inodes = [];

    public Dictionary<string, byte[]> Files { get; } = [];

    public HashSet<string> Folders { get; } = ["/"];

    public List<(uint First, uint Last)> Reserved { get; } = [];

    public bool IsRoot { get; init; } = true;

    public bool FolderExists(string path) => Folders.Contains(path);

    public bool Exists(string path) => Folders.Contains(path) || Files.ContainsKey(path);

    public void CreatePrivateFolder(string path) => Folders.Add(path);

    /// <summary>Folders that have a second path.</summary>
    public Dictionary<string, string> SamePlace { get; } = [];

    public bool IsOpenToAll(string path) => false;

    public (ulong Device, ulong Inode) Identify(string path)
    {
        string full = Path.GetFullPath(path);
        string place = SamePlace.GetValueOrDefault(full, full);
        if (!inodes.Contains(place))
        {
            inodes.Add(place);
        }

        return (1, 2 + (ulong)inodes.IndexOf(place));
    }

    public IReadOnlyList<string> ListFiles(string folder, string suffix) => [.. Files.Keys
        .Where(path => Path.GetDirectoryName(path) == folder && path.EndsWith(suffix, StringComparison.Ordinal))
        .Select(path => Path.GetFileName(path)!)
        .Order(StringComparer.Ordinal)];

    public bool SharesExtents(string file) => false;

    public byte[]? TryRead(string path) => Files.GetValueOrDefault(path);

    public void WriteAtomically(string path, ReadOnlySpan<byte> content) => Files[path] = content.ToArray();

    public void RemoveLeftOvers(string folder)
    {
        // Nobody is killed in memory.
    }

    public void DeleteFile(string path) => Files.Remove(path);

    public void Move(string from, string to)
    {
        Folders.Remove(from);
        Folders.Add(to);
    }

    public void DeleteTree(string path, CancellationToken cancellation) => Folders.Remove(path);

    public void DeleteTree(string path, Action<IReadOnlyList<byte[]>> lifting, CancellationToken cancellation) => DeleteTree(path, cancellation);

    public IReadOnlyList<string> MountsWithin(string path) => [];

    public string FileSystemOf(string path) => "ext4";

    public IDisposable? TryHold(string path) => new MemoryStream();

    public IJournalFile OpenJournal(string path) => throw new NotSupportedException();

    public IDisposable Lock(string path) => new MemoryStream();

    public IReadOnlyList<(uint First, uint Last)> ReservedIds() => Reserved;
}
