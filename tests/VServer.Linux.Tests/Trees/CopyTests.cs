using VServer.Errors;
using VServer.Linux.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Trees;

/// <summary>Copies of every type of inode, looked at with stat, getfattr and cmp.</summary>
public sealed class CopyTests
{
    private const string Look = "look() { (cd $1 && stat -c '%F %a %u %g %s %X.%Y %.9Y %t:%T' x && getfattr -h -d -m - -e hex x && [ ! -L x ] || readlink x); }; ";
    private static readonly UnixPath X = UnixPath.Parse("x");

    [Theory]
    [InlineData("echo content >x; chown 3:4 x; chmod 6755 x; setfattr -n user.a -v 1 x; setfattr -n user.empty x; setfattr -n trusted.t -v 0x00ff x; setfacl -m u:7:rw,g:8:x x; touch -a -d @1.5 x; touch -m -d @1234567890.987654321 x")]
    [InlineData("echo content >x; chown 3:4 x; setcap cap_net_raw,cap_sys_admin+ep x; chmod 555 x")]
    [InlineData("echo content >x; setfattr -n user.long -v $(printf %03000d 0) x")]
    [InlineData(": >x; chmod 0 x")]
    public void CopyMetadataFrom_File_LooksTheSame(string make)
    {
        using TestTree tree = new();
        using IFolder to = MakeFolders(tree, make, out IFolder from);

        using (IFile source = from.OpenFile(X))
        using (IFile copy = to.CreateFile(X, 0x180))
        {
            copy.CopyContentFrom(source, CancellationToken.None);
            copy.CopyMetadataFrom(source);
            Assert.True(source.HasSameAttributes(copy));
            Assert.True(source.HasSameContent(copy, CancellationToken.None));
        }

        Assert.Equal(tree.Run(Look + "look from"), tree.Run(Look + "look to"));
        Assert.Equal("", tree.Run("cmp from/x to/x"));
        from.Dispose();
    }

    [Fact]
    public void CopyMetadataFrom_FileInAFolderWithADefaultAcl_TakesTheInheritedAclAway()
    {
        using TestTree tree = new();
        using IFolder to = MakeFolders(tree, "setfacl -d -m u:5:rwx ../to; echo x >x; chmod 640 x", out IFolder from);

        using (IFile source = from.OpenFile(X))
        using (IFile copy = to.CreateFile(X, 0x180))
        {
            copy.CopyContentFrom(source, CancellationToken.None);
            copy.CopyMetadataFrom(source);
        }

        Assert.Equal(tree.Run(Look + "look from"), tree.Run(Look + "look to"));
        from.Dispose();
    }

    [Fact]
    public void CopyMetadataFrom_Folder_LooksTheSame()
    {
        using TestTree tree = new();
        using IFolder to = MakeFolders(tree, "mkdir x; chown 3:4 x; chmod 3751 x; setfacl -d -m u:7:rw x; setfattr -n user.a -v 1 x; touch -d @1000.5 x", out IFolder from);

        using (IFolder source = from.TryOpenFolder(X)!) // Made above.
        using (IFolder copy = to.CreateFolder(X, 0x1C0))
        {
            copy.CopyMetadataFrom(source);
        }

        Assert.Equal(tree.Run(Look + "look from"), tree.Run(Look + "look to"));
        from.Dispose();
    }

    [Theory]
    [InlineData("ln -s /nowhere x; chown -h 3:4 x; touch -h -d @1000.5 x; setfattr -h -n trusted.t -v 1 x")]
    [InlineData("ln -s $(printf %04000d 0) x")]
    [InlineData("ln -s \"$(printf 'a\\xff\\nb')\" x")]
    public void CopySymbolicLink_HoweverMade_LooksTheSame(string make)
    {
        using TestTree tree = new();
        using IFolder to = MakeFolders(tree, make, out IFolder from);

        to.CopySymbolicLink(from, X, X);

        Assert.Equal(tree.Run(Look + "look from"), tree.Run(Look + "look to"));
        from.Dispose();
    }

    [Theory]
    [InlineData("mkfifo x; chown 3:4 x; chmod 6710 x; touch -d @1000.5 x; setfacl -m u:7:rw x")]
    [InlineData("mknod x c 5 1; chown 3:4 x; chmod 620 x; setfattr -n trusted.t -v 1 x")]
    [InlineData("mknod x b 300 70000; chmod 0 x")]
    public void CopySpecial_FifoOrDevice_LooksTheSame(string make)
    {
        using TestTree tree = new();
        using IFolder to = MakeFolders(tree, make, out IFolder from);

        to.CopySpecial(from, X, X);

        Assert.Equal(tree.Run(Look + "look from"), tree.Run(Look + "look to"));
        from.Dispose();
    }

    [Theory]
    [InlineData("touch x")]
    [InlineData("ln -s /dev/null x")]
    [InlineData("perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => q(x), Listen => 1) or die'")]
    public void CopySpecial_AnythingElse_IsRefusedAndMakesNothing(string make)
    {
        using TestTree tree = new();
        using IFolder to = MakeFolders(tree, make, out IFolder from);

        Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<TreeException>(() => to.CopySpecial(from, X, X)).Kind);
        Assert.Empty(to.ReadNames());
        from.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void CreateSymbolicLink_ImpossibleTarget_IsRefused(string target)
    {
        using TestTree tree = new();

        Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<TreeException>(() => tree.Root.CreateSymbolicLink(X, UnixTarget.Parse(target))).Kind);
    }

    [Fact]
    public void CopyMetadataFrom_WhereAnAttributeCannotBeKept_IsAnError()
    {
        using TestTree tree = new();
        using IFolder unused = MakeFolders(tree, "echo x >x; setfattr -n user.a -v 1 x; mount -t ramfs none ../to", out IFolder from);
        using IFolder to = new LinuxTreeHost().OpenRoot($"{tree.Path}/to");
        using IFile source = from.OpenFile(X);
        using IFile copy = to.CreateFile(X, 0x180);

        Assert.Equal(ErrorKind.Unsupported, Assert.Throws<TreeException>(() => copy.CopyMetadataFrom(source)).Kind);
        from.Dispose();
    }

    [Fact]
    public void CopyContentFrom_AcrossFileSystems_CopiesByHand()
    {
        using TestTree tree = new();
        using IFolder unused = MakeFolders(tree, "head -c 1000003 /dev/urandom >x; truncate -s 3M x; mount -t ramfs none ../to", out IFolder from);
        using IFolder to = new LinuxTreeHost().OpenRoot($"{tree.Path}/to");
        using IFile source = from.OpenFile(X);
        using IFile copy = to.CreateFile(X, 0x180);

        copy.CopyContentFrom(source, CancellationToken.None);

        Assert.Equal("", tree.Run("cmp from/x to/x"));
        from.Dispose();
    }

    [Fact]
    public void CopyContentFrom_Sparse_KeepsTheHoles()
    {
        using TestTree tree = new();
        using IFolder to = MakeFolders(tree, "truncate -s 4G x; for at in 0 4097 1000000 4200000000; do echo data | dd of=x bs=1 seek=$at conv=notrunc status=none; done", out IFolder from);

        using IFile source = from.OpenFile(X);
        using IFile copy = to.CreateFile(X, 0x180);
        copy.CopyContentFrom(source, CancellationToken.None);

        Assert.Equal(tree.Run("stat -c '%s %b' from/x"), tree.Run("stat -c '%s %b' to/x"));
        Assert.True(source.HasSameContent(copy, CancellationToken.None));
        from.Dispose();
    }

    [Fact]
    public void CopyContentFrom_Cancelled_Stops()
    {
        using TestTree tree = new();
        tree.Run("echo content >x");
        using IFile source = tree.Open("x");
        using IFile copy = tree.Root.CreateFile(UnixPath.Parse("y"), 0x180);

        Assert.Throws<OperationCanceledException>(() => copy.CopyContentFrom(source, new CancellationToken(canceled: true)));
    }

    [FileSystemFact("btrfs")]
    public void CopyContentFrom_OnBtrfs_SharesTheExtents() => AssertReflink("btrfs");

    [FileSystemFact("xfs")]
    public void CopyContentFrom_OnXfs_SharesTheExtents() => AssertReflink("xfs");

    private static void AssertReflink(string type)
    {
        using LoopTree tree = new(type, 320, "head -c 200M /dev/zero | tr '\\0' a >x; setfattr -n user.a -v 1 x");
        using IFile source = tree.Open("x");
        using IFile copy = tree.Root.CreateFile(UnixPath.Parse("y"), 0x180);

        // Twice would not fit.
        copy.CopyContentFrom(source, CancellationToken.None);
        copy.CopyMetadataFrom(source);

        Assert.Equal("", tree.Run("cmp x y"));
        Assert.True(source.HasSameAttributes(copy));
    }

    private static IFolder MakeFolders(TestTree tree, string make, out IFolder from)
    {
        tree.Run($"mkdir from to; cd from; {make}");
        from = tree.Root.TryOpenFolder(UnixPath.Parse("from"))!; // Made above.
        return tree.Root.TryOpenFolder(UnixPath.Parse("to"))!; // Made above.
    }
}
