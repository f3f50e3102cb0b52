using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using VServer.Linux.Tests.Trees;
using Xunit;

namespace VServer.Linux.Tests.Unify.Invariants;

/// <summary>
/// What holds for all trees. VSERVER_TEST_HEAVY=1 tries a thousand; VSERVER_TEST_SEED=seed,gamma,size, as a failure prints them, tries
/// that case first.
/// </summary>
public sealed class InvariantTests : IDisposable
{
    private readonly TestStore store = new([.. UnifyCase.Names]);
    private long linked;

    [Fact]
    public void UnifyAndUndo_AnyTrees_KeepEveryGuestsView()
    {
        int cases = HeavyFactAttribute.IsWanted ? 1000 : 60;
        Prop.ForAll(CaseGenerator.Cases, Try).Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(Seed()));

        Assert.True(linked > cases / 2, $"only {linked} files were linked");
    }

    public void Dispose() => store.Dispose();

    private static FSharpOption<Replay>? Seed() =>
        Environment.GetEnvironmentVariable("VSERVER_TEST_SEED")?.Split(',').Select(static number => ulong.Parse(number, CultureInfo.InvariantCulture)).ToArray() is [ulong seed, ulong gamma, ulong size]
            ? FSharpOption<Replay>.Some(new Replay(new Rnd(seed, gamma), FSharpOption<int>.Some((int)size)))
            : null;

    private void Try(UnifyCase tried)
    {
        store.Shell(CaseScript.Of(tried));
        TreeViews before = Read(tried);

        IReadOnlyList<UnifyResult> first = Unify(tried);
        TreeViews unified = Read(tried);
        linked += first.Sum(static result => result.Linked);
        Assert.Equal(before.Looks, unified.Looks);
        Assert.Equal(Expected(tried, before), Shared(tried, unified));
        AssertLinksKept(tried, before, unified);

        IReadOnlyList<UnifyResult> second = Unify(tried);
        Assert.Equal(unified.Inodes, Read(tried).Inodes);
        Assert.All(second, result => Assert.Equal(0, result.Linked));
        Assert.All(second, result => Assert.InRange(result.AlreadyShared, SharedWithOthers(unified, result.Guest).Count(static name => name.MayBeShared), long.MaxValue));

        foreach (string guest in tried.Request.Guests)
        {
            store.Undo(guest);
        }

        AssertUndone(tried, before, unified, Read(tried));
    }

    private static void AssertUndone(UnifyCase tried, TreeViews before, TreeViews unified, TreeViews undone)
    {
        Assert.Equal(before.Looks, undone.Looks);
        Assert.All(tried.All, guest => Assert.Empty(SharedWithOthers(undone, guest)));
        Assert.All(tried.All, guest => Assert.Equal(unified.LinksIn(guest), undone.LinksIn(guest)));
        HashSet<(string, string)> wereSealed = [.. before.Names.Where(static name => name.Sealed).Select(static name => (name.Guest, name.Path))];
        Assert.DoesNotContain(undone.Names, name => name.Sealed && !wereSealed.Contains((name.Guest, name.Path)));
    }

    // Names that are linked otherwise in the reference than in the guest become linked as they are in the reference.
    private static void AssertLinksKept(UnifyCase tried, TreeViews before, TreeViews unified)
    {
        foreach (string guest in tried.Request.Reference is null ? [] : tried.All)
        {
            IReadOnlyList<string> links = before.LinksIn(guest);
            if (links.SequenceEqual(before.LinksIn(UnifyCase.Names[0])) && !links.Any(static link => link.Contains("etc/", StringComparison.Ordinal)))
            {
                Assert.Equal(links, unified.LinksIn(guest));
            }
        }
    }

    // Which names must be one inode: by content all that look the same, else those that look as the reference's of the same path; but for what
    // has a name where nothing is shared, which is as it was.
    private static IEnumerable<string> Expected(UnifyCase tried, TreeViews before)
    {
        HashSet<string> kept = [.. before.Names.Where(static name => !name.MayBeShared).Select(static name => name.Inode)];
        return Pairs(tried, before, (left, right) =>
            left.Inode == right.Inode || (left.Look == right.Look && !kept.Contains(left.Inode) && (tried.Request.Reference is not null || !kept.Contains(right.Inode))));
    }

    private static IEnumerable<string> Shared(UnifyCase tried, TreeViews after) => Pairs(tried, after, static (left, right) => left.Inode == right.Inode);

    private static IEnumerable<string> Pairs(UnifyCase tried, TreeViews views, Func<TreeName, TreeName, bool> isPair)
    {
        List<TreeName> files = [.. views.Names.Where(static name => name.MayBeShared)];
        return (from left in files
                from right in files
                where tried.Request.Reference is { } reference ? left.Guest == reference && right.Guest != reference && left.Path == right.Path : left != right
                where isPair(left, right)
                select $"{left.Guest}/{left.Path} = {right.Guest}/{right.Path}").Order(StringComparer.Ordinal);
    }

    private static IEnumerable<TreeName> SharedWithOthers(TreeViews views, string guest)
    {
        HashSet<string> others = [.. views.Names.Where(name => name.Guest != guest).Select(static name => name.Inode)];
        return views.Names.Where(name => name.Guest == guest && others.Contains(name.Inode));
    }

    private TreeViews Read(UnifyCase tried) => TreeViews.Read(store, tried.All);

    private IReadOnlyList<UnifyResult> Unify(UnifyCase tried) => store.Service().Unify(tried.Request, CancellationToken.None);
}
