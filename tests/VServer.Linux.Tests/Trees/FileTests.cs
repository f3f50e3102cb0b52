using System.Diagnostics;
using System.Text;
using VServer.Errors;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Trees;

public sealed class FileTests
{
    [Fact]
    public void ReadAll_WithinTheLimit_IsTheContent()
    {
        using TestTree tree = new();
        tree.Run("printf hello >a");
        using IFile a = tree.Open("a");

        Assert.Equal("hello", Encoding.UTF8.GetString(a.ReadAll(5)));
        Assert.Equal(ErrorKind.InvalidData, Assert.Throws<TreeException>(() => a.ReadAll(4)).Kind);
    }

    [Fact]
    public void Write_Twice_Appends()
    {
        using TestTree tree = new();
        using (IFile a = tree.Root.CreateFile(UnixPath.Parse("a"), 0x180))
        {
            a.Write("one"u8);
            a.Write("two"u8);
            a.Flush();
        }

        Assert.Equal("onetwo", tree.Run("cat a"));
    }

    [Fact]
    public void Facts_AfterAChange_AreNew()
    {
        using TestTree tree = new();
        tree.Run("echo x >a");
        using IFile a = tree.Open("a");
        FileFacts before = a.Facts;
        tree.Run("chmod 600 a; chmod 644 a");

        Assert.True(a.Facts.IsSameInode(before));
        Assert.False(a.Facts.IsUnchangedSince(before));
    }

    [Fact]
    public void ChangeFlags_Immutable_LeavesTheOthersAndIsReadBack()
    {
        using TestTree tree = new();
        tree.Run("touch a; chattr +dA a");
        using IFile a = tree.Open("a");

        a.ChangeFlags(InodeFlags.Immutable, InodeFlags.None);
        Assert.Equal(InodeFlags.Immutable | InodeFlags.NoDump, a.Facts.Flags);
        Assert.Contains("i", tree.Run("lsattr a | cut -d' ' -f1"), StringComparison.Ordinal);
        Assert.Contains("A", tree.Run("lsattr a | cut -d' ' -f1"), StringComparison.Ordinal);
        Assert.Equal(ErrorKind.PermissionDenied, Assert.Throws<TreeException>(() => tree.Root.Link(a, UnixPath.Parse("b"))).Kind);

        a.ChangeFlags(InodeFlags.None, InodeFlags.Immutable);
        Assert.Equal(InodeFlags.NoDump, a.Facts.Flags);
    }

    [Fact]
    public void ChangeFlags_NothingDifferent_WritesNothing()
    {
        using TestTree tree = new();
        tree.Run("touch a");
        using IFile a = tree.Open("a");
        FileFacts before = a.Facts;

        a.ChangeFlags(InodeFlags.None, InodeFlags.Immutable);

        Assert.Equal(before, a.Facts);
    }

    [Theory]
    [InlineData(InodeFlags.Verity)]
    [InlineData(InodeFlags.Encrypted)]
    public void ChangeFlags_WhatIsNoFlag_IsRefused(InodeFlags flag)
    {
        using TestTree tree = new();
        tree.Run("touch a");
        using IFile a = tree.Open("a");

        Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<TreeException>(() => a.ChangeFlags(flag, InodeFlags.None)).Kind);
    }

    [Fact]
    public void ChangeFlags_WhereThereAreNone_IsUnsupported()
    {
        using TestTree tree = new();
        tree.Run("mkdir m; mount -t ramfs none m; touch m/a");
        using IFolder folder = new Linux.Trees.LinuxTreeHost().OpenRoot($"{tree.Path}/m");
        using IFile a = folder.OpenFile(UnixPath.Parse("a"));

        Assert.Equal(ErrorKind.Unsupported, Assert.Throws<TreeException>(() => a.ChangeFlags(InodeFlags.Immutable, InodeFlags.None)).Kind);
    }

    [Fact]
    public void TryExcludeWriters_SomebodyWrites_IsNull()
    {
        using TestTree tree = new();
        tree.Run("touch a");
        using IFile a = tree.Open("a");
        using (FileStream writer = new($"{tree.Path}/a", FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            Assert.Null(a.TryExcludeWriters());
        }

        // A process that another test just starts has a copy of the writer until it runs its program.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                using IDisposable? exclusion = a.TryExcludeWriters();
                return exclusion is not null;
            },
            TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData("echo changed >>a")]
    [InlineData(": >a")]
    [InlineData("perl -e 'truncate q(a), 0 or die'")]
    public void TryExcludeWriters_WriterComesLater_WaitsAndNobodyDies(string script)
    {
        using TestTree tree = new();
        tree.Run("echo x >a");
        using IFile a = tree.Open("a");
        FileFacts before = a.Facts;
        using IDisposable? exclusion = a.TryExcludeWriters();
        using Process writer = Process.Start(new ProcessStartInfo("/bin/bash", ["-euc", script]) { WorkingDirectory = tree.Path })!; // Null is for shell execution only.
        WaitUntilBreaking(a.Facts.Inode);

        Assert.Equal(before, a.Facts);
        exclusion!.Dispose(); // Nobody wrote before.
        writer.WaitForExit();
        Assert.Equal(0, writer.ExitCode);
        Assert.NotEqual(before.Size, a.Facts.Size);
    }

    [Fact]
    public void TryExcludeWriters_FileClosedFirst_LetsWritersIn()
    {
        using TestTree tree = new();
        tree.Run("echo x >a");
        IFile a = tree.Open("a");
        using IDisposable? exclusion = a.TryExcludeWriters();
        a.Dispose();

        Assert.Equal("x y", tree.Run("timeout 20 sh -c 'echo y >>a'; echo $(cat a)"));
    }

    // The kernel lists a lease that somebody waits for as BREAKING.
    private static void WaitUntilBreaking(ulong inode)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!File.ReadLines("/proc/locks").Any(line => line.Contains("BREAKING", StringComparison.Ordinal) && line.Contains($":{inode} ", StringComparison.Ordinal)))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), "the writer never came");
            Thread.Yield();
        }
    }
}
