namespace VServer.Packages;

/// <summary>One group of update-alternatives(1) as its file in var/lib/dpkg/alternatives has it; lines are bytes, for they hold paths.</summary>
internal sealed class AlternativeGroup
{
    private readonly List<byte[]> header = [];
    private readonly List<byte[][]> choices = [];
    private readonly List<(byte[] Name, byte[] Link)> links = [];

    /// <summary>The links that the group keeps, the main one first: a name in /etc/alternatives, and the absolute path that leads there.</summary>
    public IReadOnlyList<(byte[] Name, byte[] Link)> Links => links;

    /// <summary>What each choice has for each of <see cref="Links"/>; empty where it has nothing. The best comes first.</summary>
    public IEnumerable<byte[][]> Choices => choices
        .OrderByDescending(static choice => Priority(choice[1]))
        .Select(static choice => (byte[][])[choice[0], .. choice[2..]]);

    /// <summary>Reads a group: mode, link, pairs of the links that go with it, an empty line, then path, priority and those links' targets a choice.</summary>
    /// <returns>Null when it is cut short.</returns>
    public static AlternativeGroup? TryParse(UnixPath name, ReadOnlySpan<byte> content)
    {
        AlternativeGroup group = new();
        Queue<byte[]> lines = new();
        foreach (Range range in content.Split((byte)'\n'))
        {
            lines.Enqueue(content[range].ToArray());
        }

        return group.TakeHeader(name, lines) && group.TakeChoices(lines) ? group : null;
    }

    /// <summary>Drops choices.</summary>
    public void Keep(Func<byte[], bool> isWanted) => choices.RemoveAll(choice => !isWanted(choice[0]));

    /// <summary>The group's file.</summary>
    public byte[] Write()
    {
        IEnumerable<byte[]> lines = [.. header, [], .. choices.SelectMany(static choice => choice), []];
        return [.. lines.SelectMany(static line => line.Append((byte)'\n'))];
    }

    private bool TakeHeader(UnixPath name, Queue<byte[]> lines)
    {
        if (lines.Count < 2)
        {
            return false;
        }

        header.AddRange([lines.Dequeue(), lines.Dequeue()]);
        links.Add((name.Bytes.ToArray(), header[1]));
        while (lines.TryDequeue(out byte[]? line) && line.Length > 0)
        {
            if (!lines.TryDequeue(out byte[]? link))
            {
                return false;
            }

            header.AddRange([line, link]);
            links.Add((line, link));
        }

        return true;
    }

    private bool TakeChoices(Queue<byte[]> lines)
    {
        while (lines.TryDequeue(out byte[]? path) && path.Length > 0)
        {
            // The priority, and a target for each link but the main one.
            if (lines.Count < links.Count)
            {
                return false;
            }

            choices.Add([path, .. Enumerable.Range(0, links.Count).Select(_ => lines.Dequeue())]);
        }

        return true;
    }

    private static long Priority(byte[] text) => System.Buffers.Text.Utf8Parser.TryParse(text, out long priority, out _) ? priority : 0;
}
