using VServer.Core.Tests.Fakes;
using VServer.Guests;
using VServer.Unify;
using Xunit;

namespace VServer.Core.Tests.Unify;

/// <summary>A rerun reads what changed and no more. Files are of one size and time, so that only their bytes tell them apart.</summary>
public sealed class RerunTests
{
    private const int Files = 50;

    private readonly MemoryTreeHost trees = new();
    private readonly Store store = Store.OpenOrCreate("/vservers", new MemoryStoreHost());

    public RerunTests()
    {
        foreach (string guest in new[] { "a", "b", "c" })
        {
            trees.Trees.Add(store.TreePath(guest), new MemoryFolder());
        }
    }

    [Fact]
    public void UnifyByContent_NothingChanged_ReadsNothing()
    {
        Fill();
        Assert.True(Run(UnifyScope.Content) >= Files * 3);
        Assert.Equal(0, Run(UnifyScope.Content));
    }

    [Fact]
    public void UnifyByContent_OneFileOfOneGuestChanged_ReadsThatFileAlone()
    {
        Fill();
        Run(UnifyScope.Content);
        Change("b", 7);
        int before = Tree("b").Reads;
        Assert.InRange(Run(UnifyScope.Content), 1, 2);
        Assert.InRange(Tree("b").Reads - before, 1, 2);
        Assert.Equal(0, Run(UnifyScope.Content));
    }

    [Fact]
    public void UnifyByContent_FewDifferentOfOneKey_AreReadOnce()
    {
        // Too few for digests to be worth while at first: compared by bytes, and remembered when they differ.
        Tree("a").With("usr/one", "aaa");
        Tree("b").With("usr/one", "bbb");
        Assert.Equal(4, Run(UnifyScope.Content));
        Assert.Equal(0, Run(UnifyScope.Content));
    }

    [Fact]
    public void UnifyWithReference_KnownToDiffer_IsNotReadAgain()
    {
        Fill();
        Assert.True(Run(UnifyScope.Tree) >= Files * 2);
        Assert.Equal(0, Run(UnifyScope.Tree));
    }

    [Fact]
    public void UnifyWithReference_OneFileOfOneGuestChanged_ReadsThatPairAlone()
    {
        Fill();
        Run(UnifyScope.Tree);
        Change("b", 7);
        int others = Tree("c").Reads;

        // Both are compared, and read for their digests when they differ.
        Assert.InRange(Run(UnifyScope.Tree), 2, 4);
        Assert.Equal(others, Tree("c").Reads);
        Assert.Equal(0, Run(UnifyScope.Tree));
    }

    private void Fill()
    {
        foreach ((string path, MemoryFolder tree) in trees.Trees)
        {
            foreach (int number in Enumerable.Range(0, Files))
            {
                tree.With($"usr/{number}", $"{path[^1]}{number:d4}");
            }
        }
    }

    private void Change(string guest, int number)
    {
        using MemoryFolder folder = (MemoryFolder)Tree(guest).TryOpenFolder(UnixPath.Parse("usr"))!; // Fill has made it.
        folder.Unlink(UnixPath.Parse($"{number}"));
        folder.With($"{number}", $"X{number:d4}");
    }

    private MemoryFolder Tree(string guest) => trees.Trees[store.TreePath(guest)];

    // How many reads a run of its own took; nothing is replaced, so what is alike stays to be compared.
    private int Run(UnifyScope scope)
    {
        int before = trees.Reads;
        UnifyRequest request = new() { Guests = [], Scope = scope, WhatIf = true };
        using DigestMemory memory = DigestMemory.Open(store, keeps: true);
        if (scope == UnifyScope.Content)
        {
            new ContentUnifier(store, trees, request, new PathRules([]), memory).Run([Guest("a"), Guest("b"), Guest("c")], CancellationToken.None);
        }
        else
        {
            RunWithReference(request, memory);
        }

        return trees.Reads - before;
    }

    private void RunWithReference(UnifyRequest request, DigestMemory memory)
    {
        UnifyRun run = new(request, trees, store.TreePath("a"), [Guest("b"), Guest("c")], [], new PathRules([]), null) { Memory = memory };
        using UnifyWorker worker = new(run, 0);
        foreach (FolderWork work in new CandidateFinder(request, new PathRules([]), null).Find(Tree("a"), CancellationToken.None))
        {
            worker.Work(work, CancellationToken.None);
        }
    }

    private UnifyGuest Guest(string name) => new(name, store.TreePath(name), null, PackageGate.None);
}
