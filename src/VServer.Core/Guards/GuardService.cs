using VServer.Errors;
using VServer.Guests;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Guards;

/// <summary>Shows, sets and takes off the guards of files, as the tools showattr and setattr of old did.</summary>
public sealed class GuardService(Store store, ITreeHost trees, IGuestHost host)
{
    /// <summary>Tells the guard of every file that is meant.</summary>
    /// <param name="name">The guest or template.</param>
    /// <param name="selection">Which files.</param>
    /// <param name="found">Gets them, one by one.</param>
    /// <param name="failed">Gets what could not be found.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Read(string name, FileSelection selection, Action<GuardedFile> found, Action<Exception> failed, CancellationToken cancellation)
    {
        using IFolder root = trees.OpenRoot(store.TreePath(name));
        foreach (SelectedFile file in new FileFinder(root, selection, cancellation).Find(path => failed(Missing(name, path))))
        {
            found(Describe(name, file.Path, file.Entry.Facts));
        }
    }

    /// <summary>Guards every file that is meant so. Only the bit that is meant is changed, and it is read again, since some file systems lie.</summary>
    /// <returns>How many files were left alone, since sealing them makes no sense; those given whole are failures instead.</returns>
    /// <exception cref="VServerException">The guest runs or is busy, or the file system knows no seals.</exception>
    public long Change(string name, FileSelection selection, GuardChange change, CancellationToken cancellation)
    {
        using IDisposable? reservation = change.WhatIf ? null : host.Reserve(store.Place(name), shared: false);
        using IFolder root = trees.OpenRoot(store.TreePath(name));
        PathRules rules = new(store.TryReadGuest(name)?.Exclude ?? []);
        long left = 0;
        foreach (SelectedFile file in new FileFinder(root, selection, cancellation).Find(path => change.Failed?.Invoke(Missing(name, path))))
        {
            string? refusal = Refusal(file, change, rules);
            if (refusal is null)
            {
                ChangeOne(name, file, change);
            }
            else if (file.IsNamed)
            {
                change.Failed?.Invoke(Refused(name, file.Path, refusal));
            }
            else
            {
                left++;
            }
        }

        return left;
    }

    private void ChangeOne(string name, in SelectedFile file, GuardChange change)
    {
        bool seal = change.Guard.HasFlag(UnifyGuard.Immutable);
        bool isSo = file.Entry.Facts.Flags.HasFlag(InodeFlags.Immutable) == seal;
        try
        {
            FileFacts facts = change.WhatIf || isSo ? file.Entry.Facts : Seal(file, seal);
            if (!isSo || file.IsNamed)
            {
                InodeFlags flags = seal ? facts.Flags | InodeFlags.Immutable : facts.Flags & ~InodeFlags.Immutable;
                change.Done?.Invoke(Describe(name, file.Path, facts with { Flags = flags }));
            }
        }
        catch (TreeException failure) when (failure.Kind != ErrorKind.Unsupported)
        {
            change.Failed?.Invoke(failure);
        }
    }

    private static FileFacts Seal(in SelectedFile file, bool seal)
    {
        using IFile open = file.Folder.OpenFile(file.Entry.Name);
        open.ChangeFlags(seal ? InodeFlags.Immutable : InodeFlags.None, seal ? InodeFlags.None : InodeFlags.Immutable);
        return open.Facts;
    }

    private static string? Refusal(in SelectedFile file, GuardChange change, PathRules rules)
    {
        if (change.Force || !change.Guard.HasFlag(UnifyGuard.Immutable) || file.Entry.Facts.Flags.HasFlag(InodeFlags.Immutable))
        {
            return null;
        }

        if (!rules.Allows(file.Path))
        {
            return "it is there for the guest to change, and a sealed file can be neither changed nor replaced: the copy-on-write root inherits the seal";
        }

        return file.Entry.Facts.LinkCount < 2 ? "nobody else has a name of it, so there is nobody to guard it from" : null;
    }

    private GuardedFile Describe(string name, UnixPath path, in FileFacts facts) => new()
    {
        Guest = name,
        Store = store.Path,
        Path = path,
        Guard = facts.Flags.HasFlag(InodeFlags.Immutable) ? UnifyGuard.Immutable : facts.LinkCount > 1 ? UnifyGuard.MayUnlink : UnifyGuard.None,
        Names = facts.LinkCount,
        Size = facts.Size,
    };

    private static VServerException Missing(string name, UnixPath path) => new(
        ErrorIds.FileNotFound,
        ErrorKind.NotFound,
        $"{name}:{path}",
        $"There is no regular file '{path}' in '{name}'. Give the path as the guest sees it, where no symlink leads through, or a pattern such as '*/{path.Name.ToString()[1..]}'.");

    private static VServerException Refused(string name, UnixPath path, string why) => new(
        ErrorIds.SealRefused,
        ErrorKind.InvalidOperation,
        $"{name}:{path}",
        $"'{path}' of '{name}' was not sealed: {why}. Leave it as it is, or seal it all the same with -Force.");
}
