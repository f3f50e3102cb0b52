using System.Globalization;
using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>The first step of an undo: copies shared inodes into the staging folder, where a killed run's copies are easy to find.</summary>
internal sealed class UndoCopier(RecentFolder sources, IFolder staging, UndoSite site)
{
    /// <summary>Copies inodes, into a staging folder of their own: a large one is slow to find names in, and lets one thread in at a time.</summary>
    /// <returns>What could not be copied, and why.</returns>
    public IReadOnlyList<(SharedInode Inode, (SkipReason Reason, string Detail)? Failure)> Copy(
        UndoBatch batch, Action<SharedInode> done, CancellationToken cancellation)
    {
        IFolder target;
        try
        {
            target = staging.CreateFolder(batch.Name, 0b111_000_000);
        }
        catch (TreeException failure)
        {
            return [.. batch.Inodes.Select(inode => (inode, Why(failure)))];
        }

        using (target)
        {
            List<(SharedInode Inode, (SkipReason Reason, string Detail)? Failure)> failures = [];
            for (int index = 0; index < batch.Inodes.Count; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                SharedInode inode = batch.Inodes[index];
                UnixPath name = UnixPath.Parse(index.ToString(CultureInfo.InvariantCulture));
                if (Copy(batch, inode, target, name, cancellation) is { } failure)
                {
                    failures.Add((inode, failure));
                }

                done(inode);
            }

            return failures;
        }
    }

    private (SkipReason Reason, string Detail)? Copy(
        UndoBatch batch, SharedInode inode, IFolder target, UnixPath name, CancellationToken cancellation)
    {
        try
        {
            if (TryCopy(inode, target, name, cancellation) is not { } before)
            {
                return (SkipReason.Changed, "");
            }

            batch.Copies.Add(new PrivateCopy(inode, name, before));
            return null;
        }
        catch (TreeException failure)
        {
            return Why(failure);
        }
    }

    private static (SkipReason Reason, string Detail)? Why(TreeException failure) => (SkipReasons.Of(failure), failure.Message);

    // What the kernel said of the original before it was read: a change meanwhile is found when the copy is put in place.
    private FileFacts? TryCopy(SharedInode inode, IFolder target, UnixPath staged, CancellationToken cancellation)
    {
        (UnixPath folderPath, UnixPath name) = inode.Wanted[0];
        IFolder? folder = sources.Open(folderPath);
        using IFile? source = folder?.OpenFile(name, inode.Facts);
        if (source?.Seen is not { } before || !before.IsUnchangedSince(inode.Facts))
        {
            return null;
        }

        // With the mode it will have, but for set-id bits: until it has its owner, it is root's, and nobody else reaches the folder.
        using IFile copy = target.CreateFile(staged, inode.Facts.Permissions & 0b111_111_111);
        if (site.SharesExtents)
        {
            copy.CopyContentFrom(source, cancellation);
        }
        else
        {
            copy.CopyBytesFrom(source, cancellation);
        }

        copy.CopyMetadataFrom(source);
        return before;
    }
}
