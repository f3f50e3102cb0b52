using VServer.Hosting;
using Xunit;

namespace VServer.PowerShell.Tests;

public sealed class PipelinePumpTests
{
    [Fact]
    public void PipelinePump_Posts_RunInOrderOnTheCallersThread()
    {
        using PipelinePump pump = new(CancellationToken.None);
        List<(int Number, int Thread)> seen = [];
        int result = Run(
            pump,
            _ =>
            {
                foreach (int number in Enumerable.Range(0, 1000))
                {
                    pump.Post(() => seen.Add((number, Environment.CurrentManagedThreadId)));
                }

                return 7;
            },
            static () => { });

        Assert.Equal(7, result);
        Assert.Equal(Enumerable.Range(0, 1000), seen.Select(static item => item.Number));
        Assert.All(seen, static item => Assert.Equal(Environment.CurrentManagedThreadId, item.Thread));
    }

    [Fact]
    public void PipelinePump_WorkFails_FailsTheSame()
    {
        using PipelinePump pump = new(CancellationToken.None);
        Assert.Throws<IOException>(() => Run<int>(pump, static _ => throw new IOException("gone"), static () => { }));
    }

    [Fact]
    public void PipelinePump_ReaderGivesUp_WorkIsAtRestBeforeTheFailureShows()
    {
        using PipelinePump pump = new(CancellationToken.None);
        bool atRest = false;
        Assert.Throws<InvalidOperationException>(() => Run<int>(
            pump,
            token =>
            {
                try
                {
                    while (true)
                    {
                        pump.Post(static () => throw new InvalidOperationException("enough"));
                    }
                }
                finally
                {
                    atRest = token.IsCancellationRequested;
                }
            },
            static () => { }));
        Assert.True(atRest);
    }

    [Fact]
    public void PipelinePump_Stopped_CancelsTheWork()
    {
        using CancellationTokenSource stopping = new();
        using PipelinePump pump = new(stopping.Token);
        Assert.ThrowsAny<OperationCanceledException>(() => Run(
            pump,
            token =>
            {
                stopping.Cancel();
                token.ThrowIfCancellationRequested();
                return 0;
            },
            static () => { }));
    }

    private static T Run<T>(PipelinePump pump, Func<CancellationToken, T> work, Action beat) => pump.Finish(pump.Start(work), beat);
}
