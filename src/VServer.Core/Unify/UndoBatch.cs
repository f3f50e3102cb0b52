using System.Globalization;

namespace VServer.Unify;

/// <summary>Inodes that one thread copies, mostly of one folder.</summary>
/// <param name="Number">Which batch it is.</param>
/// <param name="Inodes">The inodes.</param>
internal sealed record UndoBatch(int Number, SharedInode[] Inodes)
{
    // Few enough that a folder of them is quick to search, enough that making it does not count.
    private const int Size = 64;

    /// <summary>Its folder in the staging folder.</summary>
    public UnixPath Name { get; } = UnixPath.Parse(Number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Parts inodes into batches, in their order.</summary>
    public static IReadOnlyList<UndoBatch> Of(IEnumerable<SharedInode> inodes) =>
        [.. inodes.Chunk(Size).Select(static (part, number) => new UndoBatch(number, part))];
}
