using System.Globalization;
using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>One thread's share of the first step of an undo: copies shared inodes into the staging folder, where a killed run's copies are easy to find.</summary>
internal sealed class UndoCopier(ITreeHost trees, string tree, string staging, Journal journal, bool sharesExtents) : IDisposable
{
    private readonly RecentFolder folders = new(trees.OpenRoot(tree));
    private readonly IFolder stagingFolder = trees.OpenRoot(staging);

    /// <summary>The copies made.</summary>
    public List<PrivateCopy> Copies { get; } = [];

    /// <summary>What could not be copied, and why.</summary>
    public List<(SharedInode Inode, SkipReason Reason, string Detail)> Failures { get; } = [];

    /// <summary>Copies some inodes, into a staging folder of their own: a large one is slow to find names in, and lets one thread in at a time.</summary>
    public void Copy(UndoBatch batch, Action<SharedInode> done, CancellationToken cancellation)
    {
        IFolder target;
        try
        {
            target = stagingFolder.CreateFolder(batch.Name, 0b111_000_000);
        }
        catch (TreeException failure)
        {
            Array.ForEach(batch.Inodes, inode => Failures.Add((inode, SkipReasons.Of(failure), failure.Message)));
            return;
        }

        using (target)
        {
            for (int index = 0; index < batch.Inodes.Length; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                Copy(batch.Inodes[index], target, batch.Name, UnixPath.Parse(index.ToString(CultureInfo.InvariantCulture)), cancellation);
                done(batch.Inodes[index]);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        folders.Dispose();
        stagingFolder.Dispose();
    }

    private void Copy(SharedInode inode, IFolder target, UnixPath folder, UnixPath name, CancellationToken cancellation)
    {
        try
        {
            if (TryCopy(inode, target, name, cancellation) is { } before)
            {
                Copies.Add(new PrivateCopy(inode, folder.Combine(name), before));
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

    // What the kernel said of the original before it was read: a change meanwhile is found when the copy is put in place.
    private FileFacts? TryCopy(SharedInode inode, IFolder target, UnixPath staged, CancellationToken cancellation)
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
        using IFile copy = target.CreateFile(staged, inode.Facts.Permissions & 0b111_111_111);
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
        return before;
    }
}
