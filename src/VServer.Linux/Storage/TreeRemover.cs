using VServer.Errors;
using VServer.Linux.Interop;
using VServer.Linux.Trees;

namespace VServer.Linux.Storage;

/// <summary>
/// Removes a tree as <c>rm -rf --one-file-system</c> does, but by descriptors alone: a symlink swapped in for a folder is removed, never
/// followed. The tree may be a guest's, so it may be deeper than descriptors or the stack last.
/// </summary>
internal sealed class TreeRemover(UnixPath path, Action<IReadOnlyList<byte[]>> lifting, CancellationToken cancellation)
{
    // Folders deeper than this are first moved up to the tree's root.
    private const int MostDepth = 100;

    // Somebody who still makes files in there must not keep us here for ever.
    private const int MostRounds = 1000;

    private readonly HashSet<FileDescriptor> noted = [];
    private FileDescriptor? root;
    private int moved;

    /// <summary>Removes the tree, which is the name in this folder.</summary>
    public void Remove(FileDescriptor parent, UnixPath name)
    {
        if (TryUnlink(parent, name, path, isInside: false))
        {
            return;
        }

        using FileDescriptor folder = Open(parent, name, path);
        root = folder;
        for (int round = 0; round < MostRounds && RemoveContent(folder, path, depth: 0); round++)
        {
            cancellation.ThrowIfCancellationRequested();
            FolderLister.Rewind(folder, path);
        }

        RemoveEmpty(parent, name, path, isInside: false);
    }

    // Of a folder that was just opened or rewound; false when there was nothing in it.
    private bool RemoveContent(FileDescriptor folder, UnixPath where, int depth)
    {
        List<UnixPath> names = FolderLister.Read(folder, where);
        foreach (UnixPath name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!TryUnlink(folder, name, where, isInside: true))
            {
                RemoveFolder(folder, name, where.Combine(name), depth);
            }
        }

        return names.Count > 0;
    }

    private void RemoveFolder(FileDescriptor parent, UnixPath name, UnixPath where, int depth)
    {
        if (depth >= MostDepth)
        {
            MoveUp(parent, name, where);
            return;
        }

        using (FileDescriptor folder = Open(parent, name, where))
        {
            RemoveContent(folder, where, depth + 1);
            noted.Remove(folder);
        }

        RemoveEmpty(parent, name, where, isInside: true);
    }

    // False when it is a folder; what is gone already is as good as removed.
    private bool TryUnlink(FileDescriptor parent, UnixPath name, UnixPath where, bool isInside)
    {
        NativeResult result = Unguarded(parent, name, isInside, () => UnlinkAt.Remove(parent, name.Terminated, AtFlags.None));
        if (result.Error is Errno.EISDIR)
        {
            return false;
        }

        ThrowUnlessGone(result, "unlinkat", "remove a file in", where);
        return true;
    }

    private void RemoveEmpty(FileDescriptor parent, UnixPath name, UnixPath where, bool isInside)
    {
        NativeResult result = Unguarded(parent, name, isInside, () => UnlinkAt.Remove(parent, name.Terminated, AtFlags.RemoveDirectory));
        ThrowUnlessGone(result, "unlinkat", "remove the folder", where);
    }

    private void MoveUp(FileDescriptor parent, UnixPath name, UnixPath where)
    {
        NativeResult result;
        do
        {
            UnixPath to = UnixPath.Parse($"vserver-removing-{moved++}");
            result = Unguarded(
                parent,
                name,
                isInside: true,
                () => RenameAt2.Rename(parent, name.Terminated, root!, to.Terminated, RenameAt2.NoReplace)); // Set before anything is that deep.
        }
        while (result.Error == Errno.EEXIST);

        ThrowUnlessGone(result, "renameat2", "move up, to remove it, the folder", where);
    }

    private NativeResult Unguarded(FileDescriptor parent, UnixPath name, bool isInside, Func<NativeResult> attempt)
    {
        NativeResult result = attempt();
        if (result.Error != Errno.EPERM)
        {
            return result;
        }

        Note(parent);
        using GuardLift lift = GuardLift.Take(parent, name, isInside);
        result = attempt();
        lift.Restore(path);
        return result;
    }

    // Once a folder: one flush for all of its sealed files.
    private void Note(FileDescriptor folder)
    {
        if (!noted.Add(folder))
        {
            return;
        }

        FolderLister.Rewind(folder, path);
        List<byte[]> handles = [.. FolderLister.Read(folder, path)
            .Where(name => GuardLift.IsNeededByOthers(folder, name))
            .Select(name => InodeHandle.TryGet(folder, name.Terminated, path))
            .OfType<byte[]>()];
        if (handles.Count > 0)
        {
            lifting(handles);
        }
    }

    private static FileDescriptor Open(FileDescriptor parent, UnixPath name, UnixPath where)
    {
        NativeResult opened = TreeOpener.Open(parent, name.Terminated, TreeOpener.FolderFlags, ResolveFlags.InsideTree);
        if (opened.Error == Errno.EXDEV)
        {
            throw new TreeException(ErrorKind.Busy, opened.Error, "openat2", where, $"Cannot remove '{where}': a file system is mounted there. Unmount it, then repeat the command.");
        }

        opened.ThrowIfFailed("openat2", "open the folder", where);
        return FileDescriptor.Own(opened.Value);
    }

    private static void ThrowUnlessGone(NativeResult result, string operation, string attempt, UnixPath where)
    {
        if (result.Error != Errno.ENOENT)
        {
            result.ThrowIfFailed(operation, attempt, where);
        }
    }
}
