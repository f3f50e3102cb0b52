using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Trees;

public sealed class CompareTests
{
    // Around the length of a chunk.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(131071)]
    [InlineData(131072)]
    [InlineData(131073)]
    [InlineData(262144)]
    [InlineData(700001)]
    public void HasSameContent_OfAnyLength_SeesTheLastByte(int length)
    {
        using TestTree tree = new();
        tree.Run($"head -c {length} /dev/urandom | tr x y >a; cp a b; cp a c; printf x >>c; cp c d; printf y | dd of=d bs=1 seek={length} conv=notrunc status=none");
        using IFile a = tree.Open("a");
        using IFile b = tree.Open("b");
        using IFile c = tree.Open("c");
        using IFile d = tree.Open("d");

        Assert.True(a.HasSameContent(b, CancellationToken.None));
        Assert.False(a.HasSameContent(c, CancellationToken.None));
        Assert.False(c.HasSameContent(d, CancellationToken.None));
    }

    [Fact]
    public void HasSameContent_OneGrewSinceItWasOpened_IsSeen()
    {
        using TestTree tree = new();
        tree.Run("echo x >a; echo x >b");
        using IFile a = tree.Open("a");
        using IFile b = tree.Open("b");
        tree.Run("echo y >>b");

        Assert.False(a.HasSameContent(b, CancellationToken.None));
        tree.Run("echo y >>a");
        Assert.True(a.HasSameContent(b, CancellationToken.None));
        tree.Run(": >a; : >b");
        Assert.True(a.HasSameContent(b, CancellationToken.None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(131071)]
    [InlineData(131072)]
    public void HasSameContent_WithOneThatWritersAreKeptFrom_IsAsWithout(int length)
    {
        using TestTree tree = new();
        tree.Run($"head -c {length} /dev/urandom | tr x y >a; cp a b; cp a c; printf x | dd of=c bs=1 seek={length - 1} conv=notrunc status=none; cp a d; printf y >>d");
        using IFile a = tree.Open("a");
        using IFile b = tree.Open("b");
        using IFile c = tree.Open("c");
        using IFile d = tree.Open("d");
        using IDisposable? exclusion = a.TryExcludeWriters();

        Assert.Equal((true, false, false), Compare());
        Assert.Equal((true, false, false), Compare());
        exclusion!.Dispose(); // Nobody writes to it.
        tree.Run("cat c >a");
        Assert.Equal((false, true, false), Compare());

        (bool B, bool C, bool D) Compare() =>
            (b.HasSameContent(a, CancellationToken.None), c.HasSameContent(a, CancellationToken.None), d.HasSameContent(a, CancellationToken.None));
    }

    [Fact]
    public void HasSameContent_NewFile_IsComparedAsWritten()
    {
        using TestTree tree = new();
        tree.Run("printf hello >a");
        using IFile a = tree.Open("a");
        using IFile b = tree.Root.CreateFile(UnixPath.Parse("b"), 0x180);

        b.Write("hel"u8);
        Assert.False(a.HasSameContent(b, CancellationToken.None));
        b.Write("lo"u8);
        Assert.True(a.HasSameContent(b, CancellationToken.None));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("printf x | dd of=b bs=1 seek=3000000000 conv=notrunc status=none", false)]
    [InlineData("printf '\\0' | dd of=b bs=1 seek=3000000000 conv=notrunc status=none", true)]
    [InlineData("printf x | dd of=b bs=1 seek=4398046511103 conv=notrunc status=none", false)]
    public void HasSameContent_SparseOfFourTerabytes_ReadsOnlyData(string change, bool same)
    {
        using TestTree tree = new();
        tree.Run($"truncate -s 4T a; echo data | dd of=a bs=1 seek=123456 conv=notrunc status=none; cp --sparse=always a b; {change}");
        using IFile a = tree.Open("a");
        using IFile b = tree.Open("b");
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));

        Assert.Equal(same, a.HasSameContent(b, limit.Token));
        Assert.Equal(same, b.HasSameContent(a, limit.Token));
    }

    [Fact]
    public void HasSameContent_Cancelled_Stops()
    {
        using TestTree tree = new();
        tree.Run("echo x >a; echo x >b");
        using IFile a = tree.Open("a");
        using IFile b = tree.Open("b");

        Assert.Throws<OperationCanceledException>(() => a.HasSameContent(b, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("setfattr -n user.x -v 1 a b", true)]
    [InlineData("setfattr -n user.x -v 1 a; setfattr -n user.y -v 2 a; setfattr -n user.y -v 2 b; setfattr -n user.x -v 1 b", true)]
    [InlineData("setfattr -n user.x -v 1 a", false)]
    [InlineData("setfattr -n user.x -v 1 b", false)]
    [InlineData("setfattr -n user.x -v 1 a; setfattr -n user.y -v 1 b", false)]
    [InlineData("setfattr -n user.x -v 1 a; setfattr -n user.x -v 2 b", false)]
    [InlineData("setfattr -n user.x -v 1 a; setfattr -n user.x -v 11 b", false)]
    [InlineData("setfacl -m u:7:r a b", true)]
    [InlineData("setfacl -m u:7:r a; setfacl -m u:8:r b", false)]
    [InlineData("setcap cap_chown+ep a; setcap cap_chown+ep b", true)]
    [InlineData("setcap cap_chown+ep a; setcap cap_kill+ep b", false)]
    [InlineData("setfattr -n user.x -v $(printf %03000d 1) a b", true)]
    [InlineData("setfattr -n user.x -v $(printf %03000d 1) a; setfattr -n user.x -v $(printf %03000d 2) b", false)]
    [InlineData("for i in $(seq 100); do setfattr -n user.number-$i -v $i a b; done", true)]
    [InlineData("for i in $(seq 100); do setfattr -n user.number-$i -v $i a b; done; setfattr -n user.number-99 -v 0 a", false)]
    public void HasSameAttributes_Whichever_LooksAtNamesAndValues(string make, bool same)
    {
        using TestTree tree = new();
        tree.Run($"touch a b; {make}");
        using IFile a = tree.Open("a");
        using IFile b = tree.Open("b");

        Assert.Equal(same, a.HasSameAttributes(b));
    }
}
