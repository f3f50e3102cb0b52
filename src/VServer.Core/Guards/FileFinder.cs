using VServer.Accounting;
using VServer.Ports;

namespace VServer.Guards;

/// <summary>Finds the files of a selection, each once, without following a symlink or crossing a mount.</summary>
internal sealed class FileFinder(IFolder root, FileSelection selection, CancellationToken cancellation)
{
    private readonly HashSet<UnixPath> seen = [];

    /// <summary>Finds them, one by one.</summary>
    /// <param name="missing">Gets each path given whole that is no regular file and no folder.</param>
    public IEnumerable<SelectedFile> Find(Action<UnixPath> missing)
    {
        foreach (IGrouping<UnixPath, UnixPath> group in selection.Paths.Distinct().GroupBy(static path => path.Parent))
        {
            using IFolder? folder = root.TryOpenFolder(group.Key);
            foreach (SelectedFile file in group.SelectMany(path => FindNamed(path, folder, missing)))
            {
                yield return file;
            }
        }

        if (selection.IsWhole || selection.Patterns.Count > 0)
        {
            foreach (SelectedFile file in Below(root, UnixPath.Root).Where(file => selection.Matches(file.Path)))
            {
                yield return file;
            }
        }
    }

    private IEnumerable<SelectedFile> FindNamed(UnixPath path, IFolder? parent, Action<UnixPath> missing)
    {
        FileFacts? facts = path.IsRoot ? root.Facts : parent?.Find(path.Name);
        using IFolder? folder = facts?.Kind == FileKind.Folder ? root.TryOpenFolder(path) : null;
        if (folder is not null)
        {
            foreach (SelectedFile file in Below(folder, path))
            {
                yield return file;
            }
        }
        else if (facts is { Kind: FileKind.Regular } found && seen.Add(path))
        {
            // The parent is open: facts came from it.
            yield return new SelectedFile(path, parent!, new FolderEntry(path.Name, found), IsNamed: true);
        }
        else if (facts?.Kind != FileKind.Regular)
        {
            missing(path);
        }
    }

    private IEnumerable<SelectedFile> Below(IFolder top, UnixPath path) =>
        from folder in TreeWalk.Through(top, descends: null, cancellation)
        from entry in folder.Entries
        where entry.Facts.Kind == FileKind.Regular
        let full = (folder.Path.IsRoot ? path : path.Combine(folder.Path)).Combine(entry.Name)
        where seen.Add(full)
        select new SelectedFile(full, folder.Folder, entry, IsNamed: false);
}
