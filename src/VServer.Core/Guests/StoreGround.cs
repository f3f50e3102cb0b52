using VServer.Errors;
using VServer.Ports;

namespace VServer.Guests;

/// <summary>Makes sure that links and renames are possible between all parts of a store.</summary>
internal static class StoreGround
{
    private static readonly UnixPath[] Parts = [UnixPath.Parse(".vserver"), UnixPath.Parse(".vserver/delta"), UnixPath.Parse(".vserver/journal")];

    /// <summary>Fails when a part of the store is on another file system or mount than the store itself.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.FileSystemsDiffer"/>.</exception>
    public static void Check(Store store, ITreeHost trees)
    {
        using IFolder root = trees.OpenRoot(store.Path);
        foreach (UnixPath part in Parts)
        {
            string path = store.Path + part;
            using IFolder folder = trees.OpenRoot(path);
            CheckSame(store.Path, root.Facts, path, folder.Facts);
        }
    }

    /// <summary>Fails when a folder is not where the store is.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.FileSystemsDiffer"/>.</exception>
    public static void CheckSame(string store, in FileFacts storeFacts, string path, in FileFacts facts)
    {
        // One file system mounted twice links no better than two.
        if (storeFacts.Device != facts.Device || storeFacts.MountId != facts.MountId)
        {
            throw new VServerException(
                ErrorIds.FileSystemsDiffer,
                ErrorKind.CrossesFileSystem,
                path,
                $"'{store}' and '{path}' are not on one file system and mount, so guests could not share files. Move one of them, or name another store with -Store.");
        }
    }
}
