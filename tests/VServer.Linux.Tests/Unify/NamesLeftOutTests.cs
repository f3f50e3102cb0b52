using VServer.Guests;
using Xunit;

namespace VServer.Linux.Tests.Unify;

/// <summary>Files that have a name where nothing is shared and another where all is.</summary>
public sealed class NamesLeftOutTests
{
    private const string Trees = "mkdir -p ref/{etc,usr}; echo setting >ref/etc/x; echo text >ref/usr/text; cp -a ref/. a; ln ref/etc/x ref/usr/y; cp -a ref/usr/y a/usr/y; touch -d @5 {ref,a}/{etc,usr}; ";

    [Fact]
    public void Unify_ReferencesFileIsAlsoInEtc_IsNotShared()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Trees);
        List<UnifyFile> files = [];

        UnifyResult result = store.Unify("a", request => request with { Files = files.Add });

        Assert.Equal((1, 2), (result.Linked, result.Skipped[SkipReason.Excluded]));
        Assert.False(store.IsOneInode("ref/etc/x", "a/usr/y"));
        Assert.Equal("the same file is '/etc/x', which is left out", files.Single(static file => $"{file.Path}" == "/usr/y").Detail);
    }

    [Fact]
    public void Unify_ReferencesFileIsAlsoWhereItsGuestAsks_IsSharedWhenThatIsTakenIn()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Trees);

        Assert.Equal(3, store.Unify("a", request => request with { Rules = ["+/etc"] }).Linked);
        Assert.True(store.IsOneInode("ref/etc/x", "a/usr/y"));
    }

    [Fact]
    public void Unify_OnlyTheFileIsAskedFor_ItsOtherNameCountsAllTheSame()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Trees);

        Assert.Equal(0, store.Unify("a", request => request with { Path = static path => $"{path}" == "/usr/y" }).Linked);
    }

    [Fact]
    public void Unify_ByContent_NamesLeftOutInAnyGuestCount()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell(Trees + "cp -a a/. b; mkdir b/var b/var/lib; ln b/usr/text b/var/lib/text; touch -d @5 b/usr");

        IReadOnlyList<UnifyResult> results = store.UnifyContent();

        // What is left: the texts of the first two, and the copies of y that are no setting.
        Assert.Equal("1 1 2 2", store.Shell("stat -c %h a/etc/x b/etc/x ref/etc/x b/usr/text | paste -sd' '"));
        Assert.True(store.IsOneInode("ref/usr/text", "a/usr/text") && store.IsOneInode("a/usr/y", "b/usr/y"));
        Assert.Equal([1, 3, 2], results.Select(static result => result.Skipped[SkipReason.Excluded]));
    }

    [Fact]
    public void Unify_ByContent_AGuestsOwnRulesCount()
    {
        using TestStore store = new("a", "b");
        store.Shell("mkdir -p {a,b}/usr a/opt; echo x >a/usr/x; cp -a a/usr/x b/usr/; ln a/usr/x a/opt/x");
        store.Store.Save(new GuestConfig { Name = "a", HostName = "a", Exclude = ["/opt"] });

        Assert.Equal(0, store.UnifyContent().Sum(static result => result.Linked));
    }

    [Fact]
    public void Copy_ReferencesFileIsAlsoInEtc_IsCopied()
    {
        using TestStore store = new("ref");
        store.Shell("mkdir -p ref/{etc,usr} ref/var/lib/tool; echo setting >ref/etc/x; ln ref/etc/x ref/usr/y; echo state >ref/var/lib/tool/x; ln ref/var/lib/tool/x ref/usr/z; echo text >ref/usr/text; ln ref/usr/text ref/usr/again");

        CopyResult result = store.Copy("new");

        Assert.Equal(2, result.FilesLinked);
        Assert.Equal("2 2 4", store.Shell("stat -c %h ref/etc/x ref/var/lib/tool/x ref/usr/text | paste -sd' '"));
    }
}
