using VServer.Errors;
using VServer.Linux.Interop;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Trees;

/// <summary>What file systems really answer, as the kinds that callers turn into reasons.</summary>
public sealed class ErrorKindTests
{
    private static readonly UnixPath A = UnixPath.Parse("a");
    private static readonly UnixPath B = UnixPath.Parse("b");

    [FileSystemFact("ext4")]
    public void Link_AtTheLimitOfExt4_IsTooManyLinks()
    {
        // The count alone is set: 65,000 names would prove nothing more.
        using LoopTree tree = new("ext4", 16, "echo x >a", "debugfs -w -R 'set_inode_field /a links_count 65000' image 2>/dev/null");
        using IFile a = tree.Open("a");

        Assert.Equal(65000u, a.Facts.LinkCount);
        Assert.Equal(ErrorKind.TooManyLinks, Kind(() => tree.Root.Link(a, B)));
    }

    [FileSystemFact("ext4")]
    public void Changing_ReadOnlyFileSystem_IsReadOnly()
    {
        using LoopTree tree = new("ext4", 16, "echo x >a", options: "ro");
        using IFile a = tree.Open("a");

        Assert.Equal(ErrorKind.ReadOnly, Kind(() => tree.Root.Link(a, B)));
        Assert.Equal(ErrorKind.ReadOnly, Kind(() => tree.Root.Rename(A, B)));
        Assert.Equal(ErrorKind.ReadOnly, Kind(() => tree.Root.Unlink(A)));
        Assert.Equal(ErrorKind.ReadOnly, Kind(() => tree.Root.CreateFile(B, 0x180)));
        Assert.Equal(ErrorKind.ReadOnly, Kind(() => tree.Root.CreateFolder(B, 0x180)));
        Assert.Equal(ErrorKind.ReadOnly, Kind(() => tree.Root.SetModified(default)));
        Assert.Equal(ErrorKind.ReadOnly, Kind(() => a.ChangeFlags(InodeFlags.Immutable, InodeFlags.None)));
        using IDisposable? exclusion = a.TryExcludeWriters();
        Assert.NotNull(exclusion);
    }

    [FileSystemFact("ext4")]
    public void Copying_FullFileSystem_IsNoSpace()
    {
        using LoopTree tree = new("ext4", 16, "head -c 9M /dev/urandom >a");
        using IFile a = tree.Open("a");
        using IFile b = tree.Root.CreateFile(B, 0x180);

        Assert.Equal(ErrorKind.NoSpace, Kind(() => b.CopyContentFrom(a, CancellationToken.None)));
    }

    [Fact]
    public void Link_FromAnotherMount_CrossesFileSystems()
    {
        using TestTree tree = new();
        using TestTree other = new();
        other.Run("echo x >a");
        tree.Run($"mkdir m; mount --bind {other.Path} m");
        using IFolder mounted = new Linux.Trees.LinuxTreeHost().OpenRoot($"{tree.Path}/m");

        Assert.Equal(ErrorKind.CrossesFileSystem, Kind(() => tree.Root.Link(mounted, A, B)));
    }

    [Fact]
    public void Link_OpenFileWithoutAName_IsNotFound()
    {
        using TestTree tree = new();
        tree.Run("echo x >a");
        using IFile a = tree.Open("a");
        tree.Run("rm a");

        Assert.Equal(ErrorKind.NotFound, Kind(() => tree.Root.Link(a, B)));
    }

    [Fact]
    public void CreateFile_NameTooLong_IsInvalidArgument()
    {
        using TestTree tree = new();

        Assert.Equal(ErrorKind.InvalidArgument, Kind(() => tree.Root.CreateFile(UnixPath.Parse(new string('x', 256)), 0x180)));
    }

    [Fact]
    public void RemoveFolder_NotEmpty_IsInvalidOperation()
    {
        using TestTree tree = new();
        tree.Run("mkdir -p a/b");

        Assert.Equal(ErrorKind.InvalidOperation, Kind(() => tree.Root.RemoveFolder(A)));
    }

    [Fact]
    public void Table_EveryKind_HasAdvice() =>
        Assert.All(Enum.GetValues<ErrorKind>(), kind => Assert.EndsWith(".", ErrnoTable.GetAdvice(kind), StringComparison.Ordinal));

    private static ErrorKind Kind(Action change) => Assert.Throws<TreeException>(change).Kind;
}
