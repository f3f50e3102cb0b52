using System.Globalization;
using VServer.Guests;

namespace VServer.Linux.Helper;

/// <summary>What the helper is asked, as NUL-terminated <c>key=value</c> (docs/design/protocol.md).</summary>
internal sealed class HelperRequest
{
    private readonly List<byte> bytes = [];

    /// <summary>Makes an empty request.</summary>
    /// <param name="verb">The helper's verb.</param>
    /// <param name="target">The guest, as the user named it, for messages.</param>
    public HelperRequest(string verb, string target)
    {
        Verb = verb;
        Target = target;
    }

    /// <summary>The helper's verb.</summary>
    public string Verb { get; }

    /// <summary>The guest, as the user named it.</summary>
    public string Target { get; }

    /// <summary>The request as the helper reads it.</summary>
    public byte[] GetBytes() => [.. bytes];

    /// <summary>Adds a text, encoded as UTF-8.</summary>
    /// <exception cref="ArgumentException">It holds a NUL, which would begin another entry.</exception>
    public HelperRequest Add(string key, string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"The value of '{key}' holds a NUL character, which no program can be given.", nameof(value));
        }

        bytes.AddRange(NulText.From($"{key}={value}"));
        return this;
    }

    /// <summary>Adds a number.</summary>
    public HelperRequest Add(string key, long value) => Add(key, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a switch.</summary>
    public HelperRequest Add(string key, bool value) => Add(key, value ? "1" : "0");

    /// <summary>Adds a text unless it is null.</summary>
    public HelperRequest AddIfGiven(string key, string? value) => value is null ? this : Add(key, value);

    /// <summary>Adds the limits of a guest.</summary>
    public HelperRequest AddLimits(GuestConfig config) => Add("memory-max", config.MemoryMax)
        .Add("pids-max", config.PidsMax)
        .Add("cpu-max", (long)Math.Round(config.CpuMax * 1000))
        .Add("io-weight", config.IOWeight)
        .Add("nice", config.Nice);

    /// <summary>Adds one entry for each value, in their order.</summary>
    public HelperRequest AddAll(string key, IEnumerable<string> values)
    {
        foreach (string value in values)
        {
            Add(key, value);
        }

        return this;
    }
}
