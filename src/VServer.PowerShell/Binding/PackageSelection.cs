using System.Management.Automation;
using VServer.Errors;
using VServer.Packages;

namespace VServer.Binding;

/// <summary>The packages a user named: names, names with wildcards, or ALL.</summary>
internal sealed class PackageSelection
{
    private const string All = "ALL";

    private readonly HashSet<string> literals;
    private readonly WildcardPattern[] patterns;

    /// <summary>Takes what the user wrote.</summary>
    public PackageSelection(IReadOnlyCollection<string> names)
    {
        TakesAll = names.Contains(All, StringComparer.OrdinalIgnoreCase);
        literals = [.. names.Where(static name => !WildcardPattern.ContainsWildcardCharacters(name) && !IsAll(name))];
        patterns = [.. names.Where(WildcardPattern.ContainsWildcardCharacters).Select(static name => WildcardPattern.Get(name, WildcardOptions.CultureInvariant))];
    }

    /// <summary>True when every package is meant.</summary>
    public bool TakesAll { get; }

    /// <summary>True when nothing is left to be meant.</summary>
    public bool IsEmpty => !TakesAll && literals.Count == 0 && patterns.Length == 0;

    /// <summary>True when the package is meant.</summary>
    public bool Includes(string package) => TakesAll || literals.Contains(package) || patterns.Any(pattern => pattern.IsMatch(package));

    /// <summary>Takes out the names given whole that the database does not have, with a failure for each.</summary>
    public IReadOnlyList<VServerException> DropUnknown(IPackageDatabase database, string owner) =>
        DropUnknown(database.Packages.Select(static package => package.Name).ToHashSet(), owner);

    /// <summary>The same where the names are known.</summary>
    public IReadOnlyList<VServerException> DropUnknown(IReadOnlySet<string> known, string owner)
    {
        string[] unknown = [.. literals.Where(name => !known.Contains(name))];
        literals.ExceptWith(unknown);
        return [.. unknown.Select(name => Unknown(name, owner))];
    }

    private static bool IsAll(string name) => string.Equals(name, All, StringComparison.OrdinalIgnoreCase);

    private static VServerException Unknown(string name, string owner) => new(
        ErrorIds.PackageNotFound,
        ErrorKind.NotFound,
        name,
        $"The package '{name}' is not installed in '{owner}'. Name one that is, a pattern such as lib*, or ALL.");
}
