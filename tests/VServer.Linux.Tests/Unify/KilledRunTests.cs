using VServer.Linux.Storage;
using VServer.Linux.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Unify;

/// <summary>What a killed run leaves, made by hand, and what the next run makes of it.</summary>
public sealed class KilledRunTests
{
    private const string Same = "mkdir -p ref/usr; echo text >ref/usr/text; cp -a ref/. a; cp -a ref/. b; ";

    [Fact]
    public void Recovery_LiftedGuardOfAnInodeWithNoKnownName_IsPutBack()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell(Same + "ln -f a/usr/text b/usr/text");
        string handle = Handle(store, "a/usr", "text");
        store.Shell($"printf 'T\\0ref\\0\\0000\\0000\\0U\\0\\000{handle}\\0000\\0000\\0' >.vserver/journal/beef.journal; mv a/usr/text a/usr/other");

        store.Undo("ref");

        Assert.Contains("i", store.Shell("lsattr a/usr/other").Split(' ')[0], StringComparison.Ordinal);
        Assert.Equal("", store.Shell("ls .vserver/journal"));
    }

    [Fact]
    public void Recovery_GuardOfAnInodeThatIsGone_HarmsNoneThatHasItsNumber()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell(Same + "echo gone >a/usr/gone");
        string handle = Handle(store, "a/usr", "gone");
        store.Shell($"printf 'T\\0ref\\0\\0000\\0000\\0S\\0\\000{handle}\\0000\\0000\\0' >.vserver/journal/beef.journal; rm a/usr/gone; for n in {{1..40}}; do echo $n >a/usr/$n; done");

        store.Unify("b");

        Assert.Equal("", store.Shell("lsattr -R a | grep -e '^....i' || true"));
    }

    [Fact]
    public void Unify_GuestsFileSealedWithOthers_IsReplacedAndTheOthersStaySealed()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell(Same + "ln -f a/usr/text b/usr/text; chattr +i a/usr/text");

        Assert.Equal(1, store.Unify("a").Linked);
        Assert.True(store.IsOneInode("a/usr/text", "ref/usr/text"));
        Assert.DoesNotContain("i", store.Shell("lsattr a/usr/text").Split(' ')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Unify_ByContentWithSealedFiles_LinksThemAndKeepsTheSeal()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell(Same + "ln -f ref/usr/text b/usr/text; chattr +i ref/usr/text");

        UnifyResult[] results = [.. store.UnifyContent()];

        Assert.Equal(1, results.Sum(result => result.Linked));
        Assert.Equal("3", store.Shell("stat -c %h a/usr/text"));
        Assert.Contains("i", store.Shell("lsattr a/usr/text").Split(' ')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Recovery_JournalThatARunHolds_IsLeft()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell(Same);
        using IJournalFile alive = new LinuxStoreHost().OpenJournal($"{store.Store.JournalFolder}/beef.journal");

        store.Unify("a");

        Assert.Equal("beef.journal", store.Shell("ls .vserver/journal"));
    }

    [Fact]
    public void Write_LeftOverOfAKilledWriter_IsRemovedAndOneInUseIsNot()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell("echo half >.vserver/guests/.dead.tmp; echo half >.vserver/guests/.live.tmp");
        using IDisposable? held = new LinuxStoreHost().TryHold($"{store.Store.Path}/.vserver/guests/.live.tmp");

        store.Store.Save(store.Store.ReadGuest("a"));

        Assert.Equal(".live.tmp", store.Shell("cd .vserver/guests; ls -A | grep tmp"));
    }

    [Fact]
    public void Unify_LeftOversOfKilledWriters_AreRemovedThoughNothingIsWritten()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell("mkdir -p .vserver/{queue,networks}; for folder in guests templates queue cache networks; do echo half >.vserver/$folder/.dead.tmp; done");

        store.Unify("a");

        Assert.Equal("", store.Shell("find .vserver -name '*.tmp'"));
    }

    private static string Handle(TestStore store, string folder, string name)
    {
        using IFolder open = new LinuxTreeHost().OpenRoot($"{store.Store.Path}/{folder}");
        return Convert.ToHexStringLower(open.TryGetHandle(UnixPath.Parse(name))!); // The file systems of all tests give handles.
    }
}
