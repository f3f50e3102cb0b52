using System.Text.Json.Serialization;

namespace VServer.Linux.Helper;

/// <summary>One line of the helper's report. Which properties say something depends on <see cref="Event"/>.</summary>
internal sealed record HelperEvent
{
    /// <summary>What has happened.</summary>
    [JsonPropertyName("event")]
    public string Event { get; init; } = "";

    /// <summary>Of <c>done</c> and <c>feature</c>: whether all is well.</summary>
    [JsonPropertyName("ok")]
    public bool Ok { get; init; }

    /// <summary>Of <c>error</c>: its id.</summary>
    [JsonPropertyName("id")]
    public string Id { get; init; } = "";

    /// <summary>Of <c>error</c> and <c>feature</c>: the raw errno, or 0.</summary>
    [JsonPropertyName("errno")]
    public int Errno { get; init; }

    /// <summary>Of <c>error</c>: the system call or step.</summary>
    [JsonPropertyName("call")]
    public string Call { get; init; } = "";

    /// <summary>Of <c>error</c>: what it was done to, one character a byte.</summary>
    [JsonPropertyName("target")]
    public string Target { get; init; } = "";

    /// <summary>Of <c>error</c>: anything more, one character a byte.</summary>
    [JsonPropertyName("detail")]
    public string Detail { get; init; } = "";

    /// <summary>Of <c>feature</c>: its name.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    /// <summary>Of <c>started</c>: the monitor's process id.</summary>
    [JsonPropertyName("monitor")]
    public int Monitor { get; init; }

    /// <summary>Of <c>started</c>: the host's id of process 1.</summary>
    [JsonPropertyName("init")]
    public int Init { get; init; }

    /// <summary>Of <c>started</c>: when process 1 was started, in ticks since boot.</summary>
    [JsonPropertyName("init-start")]
    public ulong InitStart { get; init; }

    /// <summary>Of <c>exited</c>: the exit code.</summary>
    [JsonPropertyName("code")]
    public int Code { get; init; }

    /// <summary>Of <c>signaled</c>: the signal.</summary>
    [JsonPropertyName("signal")]
    public int Signal { get; init; }

    /// <summary>Of <c>stopped</c>: what ended the guest.</summary>
    [JsonPropertyName("step")]
    public string Step { get; init; } = "";

    /// <summary>Of <c>stopped</c>: how long that took.</summary>
    [JsonPropertyName("elapsed-ms")]
    public long ElapsedMilliseconds { get; init; }

    /// <summary>Of <c>settled</c>: files renamed into the tree.</summary>
    [JsonPropertyName("moved")]
    public long Moved { get; init; }

    /// <summary>Of <c>settled</c>: names of the tree removed.</summary>
    [JsonPropertyName("removed")]
    public long Removed { get; init; }

    /// <summary>Of <c>settled</c>: folders made or changed.</summary>
    [JsonPropertyName("directories")]
    public long Directories { get; init; }
}
