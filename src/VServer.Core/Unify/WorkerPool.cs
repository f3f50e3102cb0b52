using System.Runtime.ExceptionServices;

namespace VServer.Unify;

/// <summary>Runs pieces of work on a few threads, each with a worker of its own.</summary>
internal static class WorkerPool
{
    // Twice the processors: a thread that waits for the disk to take back freed extents lets another compare.
    private const int LeastThreads = 4;
    private const int MostThreads = 16;

    /// <summary>Does all pieces; the first failure stops the others and is thrown as it was.</summary>
    /// <returns>The workers, for what they have counted; already disposed.</returns>
    public static IReadOnlyList<TWorker> Run<TPiece, TWorker>(
        IReadOnlyList<TPiece> pieces, Func<int, TWorker> make, Action<TWorker, TPiece, CancellationToken> work, CancellationToken cancellation)
        where TWorker : IDisposable
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        int next = -1;
        List<TWorker> workers = [];
        Lock gate = new();

        void Loop(int number)
        {
            using TWorker worker = make(number);
            lock (gate)
            {
                workers.Add(worker);
            }

            for (int piece = Interlocked.Increment(ref next); piece < pieces.Count; piece = Interlocked.Increment(ref next))
            {
                stop.Token.ThrowIfCancellationRequested();
                work(worker, pieces[piece], stop.Token);
            }
        }

        int threads = Math.Max(1, Math.Min(Math.Clamp(2 * Environment.ProcessorCount, LeastThreads, MostThreads), pieces.Count));
        Task[] tasks = [.. Enumerable.Range(0, threads).Select(number => Task.Factory.StartNew(
            () => Guarded(() => Loop(number), stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Wait(tasks, cancellation);
        return workers;
    }

    private static void Guarded(Action loop, CancellationTokenSource stop)
    {
        try
        {
            loop();
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }

    private static void Wait(Task[] tasks, CancellationToken cancellation)
    {
        try
        {
            Task.WaitAll(tasks, CancellationToken.None);
        }
        catch (AggregateException failures)
        {
            cancellation.ThrowIfCancellationRequested();
            Exception first = failures.Flatten().InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException)
                ?? failures.InnerException
                ?? failures;
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
