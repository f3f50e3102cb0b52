using System.Collections.Concurrent;
using VServer.Guests;
using Xunit;

namespace VServer.Core.Tests.Guests;

public sealed class FolderQueueTests
{
    [Fact]
    public async Task Drain_ManyThreads_VisitEveryFolderOnce()
    {
        using FolderQueue queue = new();
        ConcurrentBag<UnixPath> visited = [];
        queue.Add(UnixPath.Root);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => queue.Drain(
            folder =>
            {
                visited.Add(folder);
                if (folder.Bytes.Length < 10)
                {
                    queue.Add(folder.Combine(UnixPath.Parse("a")));
                    queue.Add(folder.Combine(UnixPath.Parse("b")));
                }
            },
            CancellationToken.None))));

        Assert.Equal(127, visited.Count);
        Assert.Equal(127, visited.Distinct().Count());
    }

    [Fact]
    public void Drain_LongOnes_ComeFirst()
    {
        using FolderQueue queue = new();
        List<string> visited = [];
        foreach (string name in (string[])["a", "long", "b"])
        {
            queue.Add(UnixPath.Parse(name), isLong: name == "long");
        }

        queue.Drain(folder => visited.Add(folder.ToString()), CancellationToken.None);

        Assert.Equal(["/long", "/b", "/a"], visited);
    }

    [Fact]
    public async Task Drain_OneThreadFails_OthersAreLetGoByTheToken()
    {
        using FolderQueue queue = new();
        using CancellationTokenSource stop = new();
        queue.Add(UnixPath.Root);
        Task failing = Task.Run(() => queue.Drain(_ => throw new InvalidOperationException(), stop.Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);

        Task waiting = Task.Run(() => queue.Drain(static _ => { }, stop.Token));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
