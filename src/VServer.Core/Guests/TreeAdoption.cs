using VServer.Errors;
using VServer.Ports;

namespace VServer.Guests;

/// <summary>Says whether an existing tree can become a guest by being renamed into the store.</summary>
internal sealed class TreeAdoption(Store store, ITreeHost trees)
{
    // More folders above each other than a path can name.
    private const int MostLevels = 4096;

    /// <summary>The path to rename it by; fails when it cannot become one.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.TreeInvalid"/>, <see cref="ErrorIds.FileSystemsDiffer"/>.</exception>
    public string Check(string path)
    {
        string tree = Normalize(path);
        FileFacts facts = Look(tree);
        using IFolder storeFolder = trees.OpenRoot(store.Path);
        if (Ancestors(store.Path).Any(above => above.IsSameInode(facts)))
        {
            throw Invalid(tree, $"the store '{store.Path}' is in it");
        }

        StoreGround.CheckSame(store.Path, storeFolder.Facts, tree, facts);
        CheckOutsideOthers(tree, storeFolder.Facts);
        if (store.Host.MountsWithin(tree) is [{ } mount, ..])
        {
            throw Invalid(tree, $"a file system is mounted in it, at '{mount}'; unmount it");
        }

        return tree;
    }

    private static string Normalize(string path) => Path.IsPathFullyQualified(path)
        ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
        : throw Invalid(path, "the path is not absolute");

    // By its folder, so that a symlink is seen as one.
    private FileFacts Look(string tree)
    {
        if (Path.GetDirectoryName(tree) is not { } parent)
        {
            throw Invalid(tree, "it is the root of the host's own system");
        }

        FileKind? kind = TryFind(parent, Path.GetFileName(tree));
        if (kind != FileKind.Folder)
        {
            throw Invalid(tree, kind is null ? "there is nothing at this path" : $"it is no folder but a {kind}");
        }

        using IFolder folder = trees.OpenRoot(tree);
        return folder.Facts;
    }

    private FileKind? TryFind(string parent, string name)
    {
        try
        {
            using IFolder folder = trees.OpenRoot(parent);
            return folder.Find(UnixPath.Parse(name))?.Kind;
        }
        catch (TreeException failure) when (failure.Kind is ErrorKind.NotFound or ErrorKind.InvalidData)
        {
            return null;
        }
    }

    private void CheckOutsideOthers(string tree, FileFacts storeFacts)
    {
        List<FileFacts> ancestors = Ancestors(tree);
        if (!ancestors.Any(above => above.IsSameInode(storeFacts)))
        {
            return;
        }

        foreach (string path in store.GuestNames().Concat(store.TemplateNames()).Select(store.TreePath).Append($"{store.Path}/.vserver").Where(store.Host.FolderExists))
        {
            using IFolder other = trees.OpenRoot(path);
            if (ancestors.Any(above => above.IsSameInode(other.Facts)))
            {
                throw Invalid(tree, $"it is, or lies in, '{path}', which the store already has");
            }
        }
    }

    // The folder itself first, then those above, as the kernel sees them, up to the root.
    private List<FileFacts> Ancestors(string path)
    {
        List<FileFacts> found = [];
        for (string at = path; found.Count < MostLevels; at += "/..")
        {
            using IFolder folder = trees.OpenRoot(at);
            if (found.Count > 0 && found[^1].IsSameInode(folder.Facts))
            {
                break;
            }

            found.Add(folder.Facts);
        }

        return found;
    }

    private static VServerException Invalid(string tree, string why) => new(
        ErrorIds.TreeInvalid,
        ErrorKind.InvalidArgument,
        tree,
        $"'{tree}' cannot become a guest's tree: {why}. Give the absolute path of a folder that holds a whole system and that nothing else uses.");
}
