namespace VServer.Ports;

/// <summary>Understands what a guest's root has written down in its delta. Nothing is changed or followed; failures are <see cref="Errors.TreeException"/>.</summary>
public interface IDeltaReader
{
    /// <summary>What is written down of a folder of a delta.</summary>
    FolderMark ReadMark(IFolder folder);

    /// <summary>True for an entry that only says that the tree's file of its name is removed.</summary>
    bool IsRemoval(IFolder folder, in FolderEntry entry);

    /// <summary>The first extended attribute that differs between a file of a delta and one of a tree, of any type; null when all are equal.</summary>
    /// <param name="delta">A folder of the delta.</param>
    /// <param name="deltaName">A name in it, or the root's for the folder itself. What the delta's own marks are is left out.</param>
    /// <param name="tree">A folder of the tree.</param>
    /// <param name="treeName">A name in it, or the root's for the folder itself.</param>
    string? DifferentAttribute(IFolder delta, UnixPath deltaName, IFolder tree, UnixPath treeName);
}
