namespace VServer.Crash.Tests;

/// <summary>How one piece of work ended under the tracer.</summary>
internal sealed class Outcome
{
    /// <summary>The calls, where they were asked for.</summary>
    public List<Call> Calls { get; } = [];

    /// <summary>The calls that the fault met.</summary>
    public List<Call> Hits { get; } = [];

    /// <summary>What the worker said; null when it was killed first.</summary>
    public string? Reply { get; private set; }

    /// <summary>The tracer's last word; null while there is none.</summary>
    public string? End { get; private set; }

    /// <summary>True when the tracer killed it.</summary>
    public bool IsKilled => End == "#killed";

    /// <summary>Takes one line of the tracer or the worker.</summary>
    public void Take(string line)
    {
        string[] words = line.Split(' ', 4);
        switch (words[0])
        {
            case "#call":
                Calls.Add(new Call(int.Parse(words[1], null), words[2], words[3]));
                break;
            case "#hit":
                Hits.Add(new Call(int.Parse(words[1], null), words[2], words[3]));
                break;
            case "#end" or "#killed" or "#exit":
                End = words[0];
                break;
            default:
                Reply = line;
                break;
        }
    }
}
