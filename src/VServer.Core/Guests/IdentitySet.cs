namespace VServer.Guests;

/// <summary>A part of the list of what tells one system from another, for all distributions or some. Paths may be patterns, but for those written.</summary>
// Settable, since the serializer forgets the defaults of what can only be initialized.
internal sealed record IdentitySet
{
    /// <summary>Names of distributions (ID or ID_LIKE of os-release); empty for all.</summary>
    public IReadOnlyList<string> Distributions { get; set; } = [];

    /// <summary>Copied like any other file, whatever later rules say.</summary>
    public IReadOnlyList<string> Keep { get; set; } = [];

    /// <summary>Written anew.</summary>
    public IReadOnlyList<IdentityFile> Write { get; set; } = [];

    /// <summary>Left out: made by the guest itself when it needs them, or of no use to another one.</summary>
    public IReadOnlyList<string> LeaveOut { get; set; } = [];

    /// <summary>Kept as empty files.</summary>
    public IReadOnlyList<string> Empty { get; set; } = [];

    /// <summary>True when it holds for a system.</summary>
    public bool IsFor(IReadOnlySet<string> system) => Distributions.Count == 0 || Distributions.Any(system.Contains);
}
