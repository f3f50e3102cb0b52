using System.Text;
using VServer.Errors;
using VServer.Linux.Storage;
using VServer.Linux.Tests.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Storage;

public sealed class StoreHostTests : IDisposable
{
    private readonly TestTree tree = new();
    private readonly LinuxStoreHost host = new();

    [Fact]
    public void CreatePrivateFolder_SeveralMissing_AreClosedToAllButRoot()
    {
        host.CreatePrivateFolder($"{tree.Path}/a/b");
        host.CreatePrivateFolder($"{tree.Path}/a/b");

        Assert.Equal("700 700", tree.Run("umask 0; stat -c %a a a/b | xargs"));
    }

    [Fact]
    public void CreatePrivateFolder_FileInTheWay_IsAFailureThatNamesIt()
    {
        tree.Run("touch a");
        VServerException failure = Assert.Throws<VServerException>(() => host.CreatePrivateFolder($"{tree.Path}/a/b"));
        Assert.Contains($"{tree.Path}/a", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteAtomically_NewAndOld_HasTheContentAndNothingBeside()
    {
        host.WriteAtomically($"{tree.Path}/a.json", "old"u8);
        host.WriteAtomically($"{tree.Path}/a.json", "new"u8);

        Assert.Equal("a.json", tree.Run("ls -A"));
        Assert.Equal("600 new", tree.Run("stat -c %a a.json; cat a.json").Replace('\n', ' '));
        Assert.Equal("new", Encoding.UTF8.GetString(host.TryRead($"{tree.Path}/a.json")!));
    }

    [Fact]
    public void WriteAtomically_FolderInTheWay_LeavesNothingBeside()
    {
        tree.Run("mkdir a.json");
        Assert.Throws<VServerException>(() => host.WriteAtomically($"{tree.Path}/a.json", "new"u8));
        Assert.Equal("a.json", tree.Run("ls -A"));
    }

    [FileSystemFact("ext4")]
    public void WriteAtomically_ReadOnlyFileSystem_IsTold()
    {
        using LoopTree loop = new("ext4", 8, options: "ro");
        VServerException failure = Assert.Throws<VServerException>(() => host.WriteAtomically($"{loop.Path}/a", "x"u8));
        Assert.Equal((ErrorIds.StoreReadOnly, ErrorKind.ReadOnly), (failure.ErrorId, failure.Kind));
        Assert.Contains($"{loop.Path}/a", failure.Message, StringComparison.Ordinal);
    }

    [FileSystemFact("ext4")]
    public void WriteAtomically_FullFileSystem_IsTold()
    {
        using LoopTree loop = new("ext4", 8, "echo old >a; cat /dev/zero >fill 2>/dev/null || true");
        VServerException failure = Assert.Throws<VServerException>(() => host.WriteAtomically($"{loop.Path}/a", new byte[100_000]));
        Assert.Equal((ErrorIds.StoreFull, ErrorKind.NoSpace), (failure.ErrorId, failure.Kind));
        Assert.Equal("old", loop.Run("cat a; ls -A | grep tmp || true"));
    }

    [Fact]
    public void TryRead_Missing_IsNull() => Assert.Null(host.TryRead($"{tree.Path}/no/file"));

    [Fact]
    public void Exists_DanglingSymlink_IsThere()
    {
        tree.Run("ln -s nowhere link");
        Assert.True(host.Exists($"{tree.Path}/link"));
        Assert.False(host.Exists($"{tree.Path}/nowhere"));
        Assert.False(host.Exists($"{tree.Path}/no/where"));
    }

    [Fact]
    public void ListFiles_Suffix_AreInOrder()
    {
        tree.Run("touch b.json a.json B.json c.txt");
        Assert.Equal(["B.json", "a.json", "b.json"], host.ListFiles(tree.Path, ".json"));
        Assert.Empty(host.ListFiles($"{tree.Path}/no", ".json"));
    }

    [Fact]
    public void Move_TargetExists_ChangesNothing()
    {
        tree.Run("mkdir a b; touch a/x");
        VServerException failure = Assert.Throws<VServerException>(() => host.Move($"{tree.Path}/a", $"{tree.Path}/b"));
        Assert.Equal(ErrorKind.AlreadyExists, failure.Kind);
        Assert.Equal("a/x", tree.Run("ls -d a/x"));
    }

    [Fact]
    public void Move_Folder_IsRenamed()
    {
        tree.Run("mkdir -p a/x b");
        host.Move($"{tree.Path}/a", $"{tree.Path}/b/c");
        Assert.Equal("b/c/x", tree.Run("find b -name x"));
    }

    [Fact]
    public void OpenJournal_TwoTimes_AppendsWholeRecords()
    {
        using (IJournalFile journal = host.OpenJournal($"{tree.Path}/j"))
        {
            journal.Append("one\0"u8);
            journal.Flush();
        }

        using (IJournalFile journal = host.OpenJournal($"{tree.Path}/j"))
        {
            journal.Append("two\0"u8);
        }

        Assert.Equal("600 8", tree.Run("stat -c '%a %s' j"));
        Assert.Equal("one\0two\0", Encoding.UTF8.GetString(host.TryRead($"{tree.Path}/j")!));
    }

    [Fact]
    public void MountsWithin_BlanksInNames_AreTold()
    {
        tree.Run("mkdir -p 'a/x y' b; mount -t tmpfs none 'a/x y'; mount -t tmpfs none b");
        Assert.Equal([$"{tree.Path}/a/x y"], host.MountsWithin($"{tree.Path}/a"));
        tree.Run("umount 'a/x y' b");
        Assert.Empty(host.MountsWithin($"{tree.Path}/a"));
    }

    [Fact]
    public void Identify_OneFolderByTwoNames_IsOne()
    {
        tree.Run("mkdir a b; ln -s a link");
        Assert.Equal(host.Identify($"{tree.Path}/a"), host.Identify($"{tree.Path}/link"));
        Assert.NotEqual(host.Identify($"{tree.Path}/a"), host.Identify($"{tree.Path}/b"));
    }

    [Fact]
    public void Read_UserIds_TakesUsersGroupsAndRangesAndLeavesNonsense()
    {
        tree.Run("echo root:x:0:0::/:/bin/sh >passwd; echo big:x:4294967294:1::/: >>passwd; echo nonsense >>passwd; echo g:x:70000: >group; echo root:100000:65536 >subuid; printf 'a:4294967290:99\\nb:1:0\\nc:x:1\\n' >subgid");
        Assert.Equal([(0u, 0u), (4294967294u, 4294967294u), (70000u, 70000u), (100000u, 165535u), (4294967290u, uint.MaxValue)], UserIds.Read(tree.Path));
    }

    public void Dispose() => tree.Dispose();
}
