using System.Globalization;
using System.Text.Json.Serialization;

namespace VServer;

/// <summary>What is mounted in a guest whenever it is started.</summary>
public sealed record GuestMount
{
    /// <summary>What it is.</summary>
    public MountType Type { get; init; }

    /// <summary>Absolute path on the host of what is bound, free of symbolic links; null for memory.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Source { get; init; }

    /// <summary>Absolute path in the guest.</summary>
    public required string Target { get; init; }

    /// <summary>True when nothing can be changed through it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>True when no program on it can be started.</summary>
    public bool NoExec { get; init; }

    /// <summary>True to show owners by the host's ids, which are nobody to a guest with ids of its own.</summary>
    public bool NoIdMap { get; init; }

    /// <summary>Of memory: how many bytes it holds; null for 64 MiB.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Size { get; init; }

    /// <summary>Of memory: the octal mode of its top folder; null for 1777.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Mode { get; init; }

    /// <summary>What is said beyond source and target, e.g. <c>ro,noexec</c>.</summary>
    [JsonIgnore]
    public string Options => string.Join(',', AllOptions());

    /// <summary>As it can be written: <c>SOURCE:TARGET:OPTIONS</c>.</summary>
    public override string ToString()
    {
        string place = $"{(Type == MountType.Tmpfs ? "tmpfs" : Source)}:{Target}";
        return Options.Length > 0 ? $"{place}:{Options}" : place;
    }

    private IEnumerable<string> AllOptions()
    {
        if (ReadOnly)
        {
            yield return "ro";
        }

        if (NoExec)
        {
            yield return "noexec";
        }

        if (NoIdMap)
        {
            yield return "noidmap";
        }

        if (Size is long size)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"size={size}");
        }

        if (Mode is not null)
        {
            yield return $"mode={Mode}";
        }
    }
}
