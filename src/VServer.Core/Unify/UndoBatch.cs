using System.Globalization;

namespace VServer.Unify;

/// <summary>Inodes that one thread gives private copies: all of each folder that has any, so that no two threads change one.</summary>
/// <param name="Number">Which batch it is.</param>
/// <param name="Inodes">The inodes.</param>
internal sealed record UndoBatch(int Number, IReadOnlyList<SharedInode> Inodes)
{
    // Few enough that the folder they are copied to is quick to search, enough that making it does not count.
    private const int UsualSize = 64;

    /// <summary>Its folder in the staging folder.</summary>
    public UnixPath Name { get; } = UnixPath.Parse(Number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The copies made.</summary>
    public List<PrivateCopy> Copies { get; } = [];

    /// <summary>False when an inode may have names in several folders, which is one thread's work when the others have left.</summary>
    public bool HaveOneName { get; } = Inodes.All(HasOneName);

    /// <summary>Parts inodes into batches; the last is of those with several names.</summary>
    public static UndoBatch[] Of(IReadOnlyList<SharedInode> inodes)
    {
        List<UndoBatch> batches = [];
        List<SharedInode> next = [];

        void Take()
        {
            batches.Add(new UndoBatch(batches.Count, next));
            next = [];
        }

        foreach (IGrouping<UnixPath, SharedInode> folder in inodes.Where(HasOneName).GroupBy(static inode => inode.Wanted[0].Folder))
        {
            next.AddRange(folder);
            if (next.Count >= UsualSize)
            {
                Take();
            }
        }

        Take();
        next.AddRange(inodes.Where(static inode => !HasOneName(inode)));
        Take();
        return [.. batches.Where(static batch => batch.Inodes.Count > 0)];
    }

    private static bool HasOneName(SharedInode inode) => inode.Wanted.Count == 1;
}
