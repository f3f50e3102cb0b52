using System.Globalization;
using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>One thread's share of the first step of an undo: copies shared inodes into the staging folder, where a killed run's copies are easy to find.</summary>
internal sealed class UndoCopier(ITreeHost trees, string tree, string staging, Journal journal, int number, bool sharesExtents) : IDisposable
{
    private readonly RecentFolder folders = new(trees.OpenRoot(tree));
    private readonly IFolder stagingFolder = trees.OpenRoot(staging);
    private int count;

    /// <summary>The copies made.</summary>
    public List<PrivateCopy> Copies { get; } = [];

    /// <summary>What could not be copied, and why.</summary>
    public List<(SharedInode Inode, SkipReason Reason, string Detail)> Failures { get; } = [];

    /// <summary>Copies one inode.</summary>
    public void Copy(SharedInode inode, CancellationToken cancellation)
    {
        UnixPath staged = UnixPath.Parse(string.Create(CultureInfo.InvariantCulture, $"{number}-{count++}"));
        try
        {
            if (TryCopy(inode, staged, cancellation) is { } copy)
            {
                Copies.Add(copy);
            }
            else
            {
                Failures.Add((inode, SkipReason.Changed, ""));
            }
        }
        catch (TreeException failure)
        {
            Failures.Add((inode, SkipReasons.Of(failure), failure.Message));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        folders.Dispose();
        stagingFolder.Dispose();
    }

    private PrivateCopy? TryCopy(SharedInode inode, UnixPath staged, CancellationToken cancellation)
    {
        (UnixPath folderPath, UnixPath name) = inode.Wanted[0];
        IFolder? folder = folders.Open(folderPath);
        using IFile? source = folder?.OpenFile(name);
        if (source?.Facts is not { } before || !before.IsUnchangedSince(inode.Facts))
        {
            return null;
        }

        if (before.Flags.HasFlag(InodeFlags.Immutable))
        {
            // On disk with the copies, before anything is put in place.
            journal.Lifting(folder!.TryGetHandle(name), always: false); // The source was opened in it.
        }

        // With the mode it will have, but for set-id bits: until it has its owner, it is root's, and nobody else reaches the folder.
        using IFile copy = stagingFolder.CreateFile(staged, inode.Facts.Permissions & 0b111_111_111);
        if (sharesExtents)
        {
            copy.CopyContentFrom(source, cancellation);
        }
        else
        {
            copy.CopyBytesFrom(source, cancellation);
        }

        copy.BeginFlush();
        copy.CopyMetadataFrom(source);

        // As it was before it was read: a change meanwhile is found when the copy is put in place.
        return new PrivateCopy(inode, staged, before);
    }
}
