namespace VServer.Hosting;

/// <summary>Has what is known of numbered items told in their order, whatever the order it became known in.</summary>
internal sealed class InOrder(Action<Action> post)
{
    private readonly Dictionary<int, Action> waiting = [];
    private int next;

    /// <summary>How many items something is known of.</summary>
    public int Count { get; private set; }

    /// <summary>Takes what is to be told of an item; it is posted when all before it were. Any thread may call.</summary>
    public void Add(int number, Action tell)
    {
        // Held while posting: nobody may overtake between taking and posting. The reader never takes it.
        lock (waiting)
        {
            Count++;
            waiting.Add(number, tell);
            while (waiting.Remove(next, out Action? first))
            {
                next++;
                post(first);
            }
        }
    }
}
