using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Writes down, before a run begins, which guards it may lift: one flush for all of them, where one before each would cost more than the work.
/// </summary>
internal static class SealNotes
{
    /// <summary>For a run with a reference: sealed files of the reference take new names only while they are open.</summary>
    public static void Write(Journal journal, IFolder reference, IEnumerable<FolderWork> work)
    {
        bool any = false;
        foreach (FolderWork piece in work)
        {
            IEnumerable<UnixPath> names = piece.Files.Where(static file => file.Refusal is null && IsSealed(file.Facts) && file.Facts.LinkCount > 1).Select(static file => file.Name);
            any |= Write(journal, reference, piece.Path, names, always: true);
        }

        Flush(journal, any);
    }

    /// <summary>For a run over contents, in which any sealed inode may take names or lose them.</summary>
    public static void Write(Journal journal, Func<ContentName, (IFolder Root, UnixPath Folder)> find, IEnumerable<ContentInode> inodes)
    {
        bool any = false;
        foreach (ContentName name in inodes.Where(static inode => IsSealed(inode.Facts)).Select(static inode => inode.Names[0]))
        {
            (IFolder root, UnixPath folder) = find(name);
            any |= Write(journal, root, folder, [name.Name], always: false);
        }

        Flush(journal, any);
    }

    /// <summary>For an undo: sealed inodes lose the names that get a copy.</summary>
    public static void Write(Journal journal, IFolder root, IEnumerable<SharedInode> inodes)
    {
        bool any = false;
        IEnumerable<(UnixPath Folder, UnixPath Name)> names = inodes.Where(static inode => IsSealed(inode.Facts)).Select(static inode => inode.Wanted[0]);
        foreach (IGrouping<UnixPath, UnixPath> folder in names.GroupBy(static at => at.Folder, static at => at.Name))
        {
            any |= Write(journal, root, folder.Key, folder, always: false);
        }

        Flush(journal, any);
    }

    private static bool Write(Journal journal, IFolder root, UnixPath path, IEnumerable<UnixPath> names, bool always)
    {
        IFolder? folder = null;
        try
        {
            foreach (UnixPath name in names)
            {
                folder ??= root.TryOpenFolder(path);
                journal.Lifting(folder?.TryGetHandle(name), always);
            }

            return folder is not null;
        }
        finally
        {
            folder?.Dispose();
        }
    }

    private static void Flush(Journal journal, bool any)
    {
        if (any)
        {
            journal.Flush();
        }
    }

    private static bool IsSealed(in FileFacts facts) => facts.Flags.HasFlag(InodeFlags.Immutable);
}
