using VServer.Errors;
using VServer.Ports;

namespace VServer.Accounting;

/// <summary>
/// Goes through a tree without following a symlink or crossing a mount. The tree may be a guest's, so it may be deeper than the stack, than
/// descriptors, or than a path may be long: folders wait as paths, and only where these get long is one held open for those below.
/// </summary>
internal static class TreeWalk
{
    // Far below what the kernel takes (PATH_MAX, 4096), with room for one more name.
    private const int MostPathBytes = 2048;

    /// <summary>Every folder of the tree, the root first; a folder that goes away meanwhile is left out.</summary>
    /// <param name="root">The tree's root.</param>
    /// <param name="descends">False for folders to leave out with all below; null for none.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public static IEnumerable<WalkedFolder> Through(IFolder root, Func<UnixPath, bool>? descends, CancellationToken cancellation)
    {
        Stack<Step> waiting = [];
        waiting.Push(new Step(Anchor.Borrow(root), UnixPath.Root, UnixPath.Root));
        try
        {
            while (waiting.TryPop(out Step step))
            {
                Anchor? here = null;
                try
                {
                    cancellation.ThrowIfCancellationRequested();
                    IFolder? folder = step.Open(root.Facts.MountId);
                    if (folder is null)
                    {
                        continue;
                    }

                    here = Anchor.Own(folder);
                    if (TryRead(folder, root.Facts.MountId) is not { } entries)
                    {
                        continue;
                    }

                    yield return new WalkedFolder(step.Path, folder, entries);
                    PushBelow(step, here, entries, descends, waiting);
                }
                finally
                {
                    here?.Release();
                    step.Anchor.Release();
                }
            }
        }
        finally
        {
            foreach (Step step in waiting)
            {
                step.Anchor.Release();
            }
        }
    }

    // A folder that was removed since it was opened cannot be read any more.
    private static FolderEntry[]? TryRead(IFolder folder, ulong mount)
    {
        try
        {
            return [.. folder.Read().Where(entry => entry.Facts.MountId == mount)];
        }
        catch (TreeException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            return null;
        }
    }

    private static void PushBelow(in Step step, Anchor here, FolderEntry[] entries, Func<UnixPath, bool>? descends, Stack<Step> waiting)
    {
        bool startsAnew = step.Relative.Bytes.Length > MostPathBytes;
        foreach (FolderEntry entry in entries.Where(static entry => entry.Facts.Kind == FileKind.Folder))
        {
            UnixPath path = step.Path.Combine(entry.Name);
            if (descends?.Invoke(path) != false)
            {
                waiting.Push(startsAnew
                    ? new Step(here.Hold(), entry.Name, path)
                    : new Step(step.Anchor.Hold(), step.Relative.Combine(entry.Name), path));
            }
        }
    }

    private readonly record struct Step(Anchor Anchor, UnixPath Relative, UnixPath Path)
    {
        public IFolder? Open(ulong mount)
        {
            IFolder? folder = Anchor.Folder.TryOpenFolder(Relative);
            if (folder is null || folder.Facts.MountId == mount)
            {
                return folder;
            }

            folder.Dispose();
            return null;
        }
    }

    // An open folder that paths start at; closed when the last that needs it is done. It is made with one hold.
    private sealed class Anchor
    {
        private readonly bool owned;
        private int holders = 1;

        private Anchor(IFolder folder, bool owned)
        {
            Folder = folder;
            this.owned = owned;
        }

        public IFolder Folder { get; }

        public static Anchor Borrow(IFolder folder) => new(folder, owned: false);

        public static Anchor Own(IFolder folder) => new(folder, owned: true);

        public Anchor Hold()
        {
            holders++;
            return this;
        }

        public void Release()
        {
            if (--holders == 0 && owned)
            {
                Folder.Dispose();
            }
        }
    }
}
