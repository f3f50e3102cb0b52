using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Unify;

/// <summary>What a rerun reads, told by the page cache: it is emptied of the files first, and whatever was read is there again.</summary>
public sealed class RerunTests
{
    private const string Make = "mkdir -p {ref,a}/usr; for n in {100..140}; do echo ref-$n >ref/usr/$n; echo gst-$n >a/usr/$n; done; echo same >ref/usr/same; cp ref/usr/same a/usr; touch -d @5 {ref,a}/usr/*";
    private const string Forget = "sync -f .; for f in {ref,a}/usr/*; do dd if=$f iflag=nocache count=0 status=none; done";
    private const string WhichAreRead = "fincore -nr -o PAGES,FILE {ref,a}/usr/* | awk '$1 > 0 { print $2 }'";

    [Theory]
    [InlineData(UnifyScope.Tree)]
    [InlineData(UnifyScope.Content)]
    public void Unify_FilesKnownToDiffer_AreNotReadAgain(UnifyScope scope)
    {
        using TestStore store = new("ref", "a");
        store.Shell(Make);
        Run(store, scope);
        Assert.Equal("600", store.Shell("stat -c %a .vserver/cache/digests"));
        store.Shell(Forget);
        Assert.Equal("", store.Shell(WhichAreRead));

        Assert.Equal(0, Run(store, scope));
        Assert.Equal("", store.Shell(WhichAreRead));
    }

    [Theory]
    [InlineData(UnifyScope.Tree)]
    [InlineData(UnifyScope.Content)]
    public void Unify_OneFileOfAGuestChanged_ReadsThatAndItsLikeAlone(UnifyScope scope)
    {
        using TestStore store = new("ref", "a");
        store.Shell(Make);
        Run(store, scope);

        // What a package manager does: a new file renamed over the old one. It is the reference's now.
        store.Shell("cp -p ref/usr/107 a/usr/new; mv a/usr/new a/usr/107; touch -d @5 a/usr; " + Forget);
        string before = store.View("a");
        store.Shell(Forget);

        Assert.Equal(1, Run(store, scope));
        Assert.Equal("ref/usr/107\na/usr/107", store.Shell(WhichAreRead));
        Assert.True(store.IsOneInode("ref/usr/107", "a/usr/107"));
        Assert.Equal(before, store.View("a"));
    }

    [Fact]
    public void Unify_UnderWhatIf_WritesNoMemory()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Make);
        store.Unify("a", static request => request with { WhatIf = true });
        Assert.Equal("", store.Shell("ls -A .vserver/cache"));
    }

    [Fact]
    public void Unify_MemoryThatIsNoFile_IsDoneWithout()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Make + "; echo nonsense >.vserver/cache/digests");
        Assert.Equal(1, store.Unify("a").Linked);
        Assert.Equal("VSDIGEST", store.Shell("head -c 8 .vserver/cache/digests"));
    }

    private static long Run(TestStore store, UnifyScope scope) => scope == UnifyScope.Tree
        ? store.Unify("a").Linked
        : store.Service().Unify(new UnifyRequest { Guests = ["ref", "a"], Scope = scope }, CancellationToken.None).Sum(static result => result.Linked);
}
