using VServer.Errors;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Trees;

/// <summary>What unify, undo and clone do to a file, on the file systems that do it otherwise than ext4.</summary>
public sealed class OtherFileSystemTests
{
    private static readonly UnixPath Y = UnixPath.Parse("y");
    private static readonly UnixPath Z = UnixPath.Parse("z");

    [FileSystemFact("btrfs")]
    public void Btrfs_EveryOperation_Works() => AssertEverythingWorks("btrfs");

    [FileSystemFact("xfs")]
    public void Xfs_EveryOperation_Works() => AssertEverythingWorks("xfs");

    [FileSystemFact("btrfs")]
    public void Btrfs_AnotherSubvolume_TakesNoLinksButSharesExtents()
    {
        using LoopTree tree = new("btrfs", 128, "btrfs -q subvolume create sub; head -c 1M /dev/urandom >x");
        using IFile x = tree.Open("x");
        using IFolder? sub = tree.Root.TryOpenFolder(UnixPath.Parse("sub"));
        Assert.NotNull(sub);
        Assert.NotEqual(tree.Root.Facts.Device, sub.Facts.Device);
        using IFile copy = sub.CreateFile(Y, 0x180);

        Assert.Equal(ErrorKind.CrossesFileSystem, Assert.Throws<TreeException>(() => sub.Link(x, Z)).Kind);
        copy.CopyContentFrom(x, CancellationToken.None);

        Assert.True(x.HasSameContent(copy, CancellationToken.None));
    }

    [FileSystemFact("btrfs")]
    public void Btrfs_MoreNamesThanItKeeps_IsTooManyLinks()
    {
        using LoopTree tree = new("btrfs", 128, "echo x >x");
        using IFile x = tree.Open("x");

        TreeException failure = Assert.Throws<TreeException>(() =>
        {
            for (int number = 0; number <= 65536; number++)
            {
                tree.Root.Link(x, UnixPath.Parse($"{number}"));
            }
        });

        Assert.Equal(ErrorKind.TooManyLinks, failure.Kind);
    }

    private static void AssertEverythingWorks(string type)
    {
        using LoopTree tree = new(type, 320, "truncate -s 5M x; echo data >>x; setfattr -n user.a -v 1 x; setfacl -m u:7:r x; setcap cap_chown+ep x");
        using IFile x = tree.Open("x");
        using IFile y = tree.Root.CreateFile(Y, 0x180);

        y.CopyContentFrom(x, CancellationToken.None);
        y.CopyMetadataFrom(x);
        using (IDisposable? exclusion = x.TryExcludeWriters())
        {
            Assert.NotNull(exclusion);
            Assert.True(x.HasSameAttributes(y));
            Assert.True(x.HasSameContent(y, CancellationToken.None));
        }

        Assert.Equal(x.Facts.Modified, y.Facts.Modified);
        tree.Root.Link(x, Z);
        tree.Root.Rename(Z, Y);
        x.ChangeFlags(InodeFlags.Immutable, InodeFlags.None);
        Assert.Equal(InodeFlags.Immutable, x.Facts.Flags & InodeFlags.Immutable);
        x.ChangeFlags(InodeFlags.None, InodeFlags.Immutable);

        Assert.Equal("x y 2", tree.Run("echo * $(stat -c %h x)"));
    }
}
