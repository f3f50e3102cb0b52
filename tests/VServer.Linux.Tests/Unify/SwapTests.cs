using VServer.Errors;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Unify;

/// <summary>Somebody exchanges things at the worst moments, each brought about at the very call.</summary>
public sealed class SwapTests : IDisposable
{
    private readonly WatchedTreeHost trees = new();
    private readonly TestStore store;

    public SwapTests()
    {
        store = new TestStore("ref", "a") { Trees = trees };
        store.Shell("mkdir -p ref/usr/in; echo plain >ref/usr/in/x; cp -a ref/. a; mkdir bait; cp -a ref/usr/in bait/; mv bait/in/x bait/x; cp -a bait/x bait/in/");
    }

    [Theory]
    [InlineData("tree", "ref", 1)]
    [InlineData("tree", "ref", 2)]
    [InlineData("tree", "a", 1)]
    [InlineData("content", "a", 1)]
    [InlineData("content", "a", 2)]
    [InlineData("undo", "a", 1)]
    [InlineData("undo", "a", 2)]
    [InlineData("undo", "a", 3)]
    [InlineData("copy", "ref", 1)]
    public void FolderBecomesALink_IsNotFollowed(string work, string tree, int times)
    {
        Prepare(work);
        string outside = Outside();
        string[] inodes = store.Shell("find bait -printf '%i\\n'").Split('\n');
        trees.At(nameof(IFolder.TryOpenFolder), $"/{tree}/usr/in", times, () => store.Shell($"mv {tree}/usr/in aside; ln -s ../../bait/in {tree}/usr/in"));

        Run(work);

        Assert.True(trees.IsDone);
        Assert.Equal(outside, Outside());
        Assert.Empty(trees.Opened.Select(inode => $"{inode}").Intersect(inodes));
        Assert.Equal("../../bait/in plain", store.Shell($"echo $(readlink {tree}/usr/in) $(cat aside/x)"));
        Assert.Equal("", store.Shell("find ref a aside bait .vserver -name '.vs-*'; ls .vserver/journal; ls -d c 2>/dev/null || true"));
    }

    [Theory]
    [InlineData("echo new >new; mv new a/usr/in/x")]
    [InlineData("ln -sf ../../../bait/x a/usr/in/x")]
    [InlineData("rm a/usr/in/x; mkfifo a/usr/in/x")]
    [InlineData("rm a/usr/in/x")]
    [InlineData("chmod 600 a/usr/in/x")]
    [InlineData("touch -d @1 a/usr/in/x")]
    [InlineData("setfattr -n user.x -v y a/usr/in/x")]
    [InlineData("echo new >new; mv new ref/usr/in/x")]
    [InlineData("chmod 600 ref/usr/in/x")]
    [InlineData("chown 7 ref/usr/in/x")]
    [InlineData("touch -d @1 ref/usr/in/x")]
    [InlineData("setfattr -n user.x -v y ref/usr/in/x")]
    [InlineData("ln -sf ../../../bait/x ref/usr/in/x")]
    public void FileChangesBetweenCompareAndLink_StaysAsItIsNow(string change)
    {
        foreach (string work in new[] { "tree", "content" })
        {
            store.Shell("rm -rf ref/usr/in a/usr/in; cp -a bait/in ref/usr/; cp -a bait/in a/usr/");
            string outside = Outside();
            string now = "";
            trees.At(nameof(IFile.HasSameContent), "/usr/in/x", 1, () =>
            {
                store.Shell(change);
                now = store.View("a") + store.View("ref");
            });

            Run(work);

            Assert.True(trees.IsDone, work);
            Assert.Equal(now, store.View("a") + store.View("ref"));
            Assert.Equal(outside, Outside());
            Assert.Equal("", store.Shell("find ref a -name '.vs-*'; ls .vserver/journal"));
        }
    }

    [Theory]
    [InlineData("echo new >new; mv new a/usr/in/x")]
    [InlineData("echo more >>a/usr/in/x")]
    [InlineData("chmod 600 a/usr/in/x")]
    [InlineData("ln -sf ../../../bait/x a/usr/in/x")]
    [InlineData("rm a/usr/in/x")]
    public void FileChangesBetweenCopyAndPlacing_StaysAsItIsNow(string change)
    {
        Prepare("undo");
        string outside = Outside();
        string now = "";
        trees.At(nameof(IFile.CopyContentFrom), "/a/usr/in/x", 1, () =>
        {
            store.Shell(change);
            now = store.View("a");
        });

        Run("undo");

        Assert.True(trees.IsDone);
        Assert.Equal(now, store.View("a"));
        Assert.Equal(outside, Outside());
        Assert.Equal("", store.Shell("ls .vserver/journal"));
    }

    [Theory]
    [InlineData("ln -sf ../../../bait/x {0}/usr/in/x")]
    [InlineData("rm {0}/usr/in/x; mkfifo {0}/usr/in/x")]
    [InlineData("rm {0}/usr/in/x; mknod {0}/usr/in/x c 1 3")]
    public void FileBecomesSomethingElseBeforeItIsOpened_IsLeft(string change)
    {
        foreach ((string work, string tree) in new[] { ("tree", "ref"), ("tree", "a"), ("content", "a"), ("undo", "a") })
        {
            store.Shell("rm -rf ref/usr/in a/usr/in; cp -a bait/in ref/usr/; cp -a bait/in a/usr/");
            Prepare(work);
            string outside = Outside();
            trees.At(nameof(IFolder.OpenFile), $"/{tree}/usr/in/x", 1, () => store.Shell(change.Replace("{0}", tree, StringComparison.Ordinal)));

            Run(work);

            Assert.True(trees.IsDone, work);
            Assert.Equal(outside, Outside());
            Assert.Equal("no", store.Shell($"[ -f {tree}/usr/in/x -a ! -L {tree}/usr/in/x ] && echo yes || echo no"));
        }
    }

    public void Dispose() => store.Dispose();

    // What a second walk sees of what is in no guest.
    private string Outside() => store.Shell("find bait -printf '%p %y %i %n %m %T@ %C@ %s\\n' | sort");

    private void Prepare(string work)
    {
        if (work == "undo")
        {
            store.Shell("ln -f ref/usr/in/x a/usr/in/x");
        }
    }

    private void Run(string work)
    {
        switch (work)
        {
            case "tree":
                store.Unify("a");
                break;
            case "content":
                store.UnifyContent();
                break;
            case "undo":
                store.Undo("a");
                break;
            default:
                Assert.Throws<VServerException>(() => store.Copy("c"));
                break;
        }
    }
}
