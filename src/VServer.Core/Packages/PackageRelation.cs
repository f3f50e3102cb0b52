namespace VServer.Packages;

/// <summary>One alternative of a need, or one thing provided: <c>name:architecture (operator version)</c>.</summary>
/// <param name="Name">A package or a virtual one.</param>
/// <param name="Architecture">What stands after the colon; empty for none.</param>
/// <param name="Operator">One of dpkg's comparisons; empty for any version.</param>
/// <param name="Version">What it compares with.</param>
internal sealed record PackageRelation(string Name, string Architecture, string Operator, string Version)
{
    /// <summary>Reads a field: groups separated by commas, alternatives in them by bars.</summary>
    public static IReadOnlyList<IReadOnlyList<PackageRelation>> ParseField(string field) =>
        [.. field.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseGroup)];

    /// <summary>True when a package of this version meets the comparison.</summary>
    public bool Accepts(string version)
    {
        int order = Operator.Length == 0 ? 0 : DebianVersion.Compare(version, Version);
        return Operator switch
        {
            "<<" => order < 0,
            "<=" or "<" => order <= 0,
            "=" => order == 0,
            ">=" or ">" => order >= 0,
            ">>" => order > 0,
            _ => true,
        };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Name + (Architecture.Length == 0 ? "" : $":{Architecture}") + (Operator.Length == 0 ? "" : $" ({Operator} {Version})");

    private static IReadOnlyList<PackageRelation> ParseGroup(string group) =>
        [.. group.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseOne)];

    private static PackageRelation ParseOne(string text)
    {
        int bracket = text.IndexOf('(', StringComparison.Ordinal);
        string condition = bracket < 0 ? "" : text[(bracket + 1)..].TrimEnd(' ', ')').Trim();
        string sign = string.Concat(condition.TakeWhile(letter => letter is '<' or '>' or '='));
        string[] name = (bracket < 0 ? text : text[..bracket]).Trim().Split(':', 2);
        return new PackageRelation(name[0], name.Length > 1 ? name[1] : "", sign, condition[sign.Length..].Trim());
    }
}
