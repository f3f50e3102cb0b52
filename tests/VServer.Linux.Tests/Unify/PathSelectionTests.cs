using VServer.Linux.Tests.Trees;
using VServer.Linux.Trees;
using VServer.Ports;
using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Unify;

public sealed class PathSelectionTests
{
    [Fact]
    public void In_FolderBehindAMount_IsPartOfASystemAndOfNoGuest()
    {
        using TestTree tree = new();
        tree.Run("mkdir -p mount other/below; touch other/below/file; ln -s mount link; mount --bind other mount");
        using IFolder system = new LinuxTreeHost().OpenSystem(tree.Path);
        PathSelection selection = new(["/link/below/file", "/mount/below/file"]);

        Assert.True(selection.In(system, out IReadOnlyList<UnixPath> missingInSystem).Includes(UnixPath.Parse("mount/below/file")));
        Assert.Empty(missingInSystem);
        Assert.True(selection.In(tree.Root, out IReadOnlyList<UnixPath> missing).IsEmpty);
        Assert.Equal(["/link/below/file", "/mount/below/file"], missing.Select(static path => path.ToString()));
    }

    [Fact]
    public void In_DeepFolders_AreNotAllHeldOpen()
    {
        const int Levels = 60;
        string deep = string.Concat(Enumerable.Repeat("/d", Levels));
        using TestTree tree = new();
        tree.Run($"mkdir -p .{deep}/a .{deep}/b; touch .{deep}/a/file; touch d/b");
        WatchedTreeHost trees = new();
        int open = 0;
        trees.At(nameof(IFolder.TryOpenFolder), $"{deep}/a", 1, () => open = tree.OpenDescriptors().Count());
        using IFolder root = trees.OpenRoot(tree.Path);

        PathSelection found = new PathSelection([$"{deep}/a/file", "/d/b"]).In(root, out IReadOnlyList<UnixPath> missing);

        Assert.Empty(missing);
        Assert.True(found.Includes(UnixPath.Parse($"{deep}/a/file")));
        Assert.InRange(open, 1, Levels / 2);
        Assert.Equal(2, tree.OpenDescriptors().Count());
    }
}
