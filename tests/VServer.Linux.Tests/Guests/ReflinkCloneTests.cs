using VServer.Linux.Tests.Trees;
using Xunit;

namespace VServer.Linux.Tests.Guests;

/// <summary>Guests made where files can share bytes on disk.</summary>
public sealed class ReflinkCloneTests
{
    [FileSystemTheory]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Create_FilesThatAreCopied_TakeNoSpaceOfTheirOwn(string type)
    {
        using LoopTree tree = new(type, 320);
        using MakerStore store = new(tree.Path);
        store.MakeTemplate("ref");
        store.Run("head -c 8M /dev/urandom >store/ref/usr/bin/local; truncate -s 30M store/ref/usr/sparse; head -c 70000 /dev/urandom >>store/ref/usr/sparse; setfattr -n user.x -v y store/ref/usr/sparse; sync -f .");

        store.CreateGuest("web1");

        Assert.True(store.IsOneInode("ref/usr/bin/tool", "web1/usr/bin/tool"));
        Assert.False(store.IsOneInode("ref/usr/bin/local", "web1/usr/bin/local"));
        Assert.All(["usr/bin/local", "usr/sparse"], path =>
        {
            Assert.Equal("", store.Run($"cmp store/ref/{path} store/web1/{path}"));
            Assert.Equal(Extents(store, $"ref/{path}"), Extents(store, $"web1/{path}"));
            Assert.Contains("shared", Extents(store, $"web1/{path}"), StringComparison.Ordinal);
        });
    }

    private static string Extents(MakerStore store, string path) => store.Run($"filefrag -v store/{path} | grep -E '^ +[0-9]+:'");
}
