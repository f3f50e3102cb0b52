using System.Runtime.ExceptionServices;

namespace VServer.Hosting;

/// <summary>
/// Works on numbered items by threads of its own. The items wait for other processes most of their time, and the shared pool adds threads
/// far too slowly for that.
/// </summary>
internal static class ThreadPerItem
{
    /// <summary>Does all items, at most so many at once; when cancelled, those begun are ended and no other is begun.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Run(int items, int atOnce, Action<int> work, CancellationToken cancellation)
    {
        if (items == 1)
        {
            cancellation.ThrowIfCancellationRequested();
            work(0);
            return;
        }

        int next = -1;
        Exception? failed = null;

        void Loop()
        {
            try
            {
                for (int item = Interlocked.Increment(ref next); item < items && failed is null; item = Interlocked.Increment(ref next))
                {
                    cancellation.ThrowIfCancellationRequested();
                    work(item);
                }
            }
#pragma warning disable CA1031 // Thrown again below, on the thread that waits.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failed, failure, null);
            }
        }

        Thread[] threads = [.. Enumerable.Range(0, Math.Min(items, atOnce)).Select(_ => new Thread(Loop) { IsBackground = true })];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        cancellation.ThrowIfCancellationRequested();
        if (failed is not null)
        {
            ExceptionDispatchInfo.Throw(failed);
        }
    }
}
