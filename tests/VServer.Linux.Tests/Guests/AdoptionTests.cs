using VServer.Errors;
using VServer.Guests;
using Xunit;

namespace VServer.Linux.Tests.Guests;

public sealed class AdoptionTests : IDisposable
{
    private readonly MakerStore store = new();

    public AdoptionTests() => store.MakeSystem("tree");

    [Fact]
    public void Create_Tree_IsMovedAsItIs()
    {
        store.Run("echo mine >tree/etc/hostname");
        string before = store.Run("find tree -printf '%P %i %T@ %C@\\n' | grep -v '^ ' | sort");

        store.Guests.Create(new NewGuest { Name = "web1", Tree = $"{store.Path}/tree/", TrustGroup = "own" }, CancellationToken.None);

        Assert.Equal(before, store.Run("find store/web1 -printf '%P %i %T@ %C@\\n' | grep -v '^ ' | sort"));
        Assert.False(Directory.Exists($"{store.Path}/tree"));
        GuestConfig config = store.Store.ReadGuest("web1");
        Assert.Equal((null, "own", "web1", false), (config.Reference, config.TrustGroup, config.HostName, config.Incomplete));
    }

    [Theory]
    [InlineData("tree", "the path is not absolute")]
    [InlineData("/", "root of the host's own system")]
    [InlineData("STORE/../no-such", "nothing at this path")]
    [InlineData("STORE/../no/such", "nothing at this path")]
    [InlineData("STORE/../file", "no folder but a Regular")]
    [InlineData("STORE/../link", "no folder but a SymbolicLink")]
    [InlineData("STORE", "is in it")]
    [InlineData("STORE/..", "is in it")]
    [InlineData("STORE/old", "which the store already has")]
    [InlineData("STORE/old/usr", "which the store already has")]
    [InlineData("STORE/ref/etc", "which the store already has")]
    [InlineData("STORE/.vserver/delta", "which the store already has")]
    public void Create_TreeThatCannotBe_IsRefusedAndStays(string tree, string reason)
    {
        store.MakeTemplate("ref");
        store.MakeSystem("store/old");
        store.Store.Save(new GuestConfig { Name = "old", HostName = "old" });
        store.Run("touch file; ln -s tree link");
        string before = store.Contents();

        VServerException failure = Assert.Throws<VServerException>(() => Adopt(tree.Replace("STORE", store.Store.Path, StringComparison.Ordinal)));

        Assert.Equal(ErrorIds.TreeInvalid, failure.ErrorId);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, store.Contents());
    }

    [Fact]
    public void Create_TreeInTheStoreFolderThatIsNobodys_IsTaken()
    {
        store.Run("mkdir store/incoming; mv tree store/incoming/");
        Adopt($"{store.Store.Path}/incoming/tree");
        Assert.True(File.Exists($"{store.Store.Path}/web1/usr/bin/tool"));
    }

    [Fact]
    public void Create_TreeOnAnotherFileSystem_NamesBoth()
    {
        store.Run("mkdir other; mount -t tmpfs none other; mkdir other/tree");
        VServerException failure = Assert.Throws<VServerException>(() => Adopt($"{store.Path}/other/tree"));
        store.Run("umount other");

        Assert.Equal(ErrorIds.FileSystemsDiffer, failure.ErrorId);
        Assert.Contains(store.Store.Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{store.Path}/other/tree", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_TreeSeenThroughAnotherMount_NamesBoth()
    {
        store.Run("mkdir bound; mount --bind . bound");
        VServerException failure = Assert.Throws<VServerException>(() => Adopt($"{store.Path}/bound/tree"));
        store.Run("umount bound");

        Assert.Equal(ErrorIds.FileSystemsDiffer, failure.ErrorId);
    }

    [Fact]
    public void Create_TreeWithAMountInside_NamesIt()
    {
        store.Run("mkdir tree/proc; mount -t tmpfs none tree/proc");
        VServerException failure = Assert.Throws<VServerException>(() => Adopt($"{store.Path}/tree"));
        store.Run("umount tree/proc");

        Assert.Equal(ErrorIds.TreeInvalid, failure.ErrorId);
        Assert.Contains($"{store.Path}/tree/proc", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => store.Dispose();

    private void Adopt(string tree) => store.Guests.Create(new NewGuest { Name = "web1", Tree = tree }, CancellationToken.None);
}
