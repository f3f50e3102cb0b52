using VServer.Packages;

namespace VServer.Unify;

/// <summary>The first gate: which packages of the reference a guest has at the same version and architecture.</summary>
internal sealed class PackageGate
{
    /// <summary>A gate that is not asked: no package is compared.</summary>
    public static readonly PackageGate None = new(WantedPackages.None, null);

    /// <summary>Compares what is wanted of the reference with what a guest has. What another package manager calls by the same name is another package.</summary>
    public PackageGate(WantedPackages wanted, IPackageDatabase? guest)
    {
        OtherManager = guest is null || guest.Format == wanted.Manager ? null : guest.Format;
        HashSet<InstalledPackage> installed = OtherManager is null ? [.. guest?.Packages ?? []] : [];
        ILookup<string, InstalledPackage> byName = installed.ToLookup(static package => package.Name);
        Refusals = [.. wanted.Packages.Select(package => installed.Contains(package) ? (SkipReason?)null
            : byName.Contains(package.Name) ? SkipReason.VersionDiffers
            : SkipReason.NotInReference)];
        Differences = [.. wanted.Packages.Select((package, index) => Refusals[index] is null ? null : Describe(package, byName[package.Name]))];
    }

    /// <summary>The guest's package manager, where it is another than the reference's; else null.</summary>
    public string? OtherManager { get; }

    /// <summary>By index of the reference's packages: null when the guest has it at the same version and architecture, else why not.</summary>
    public IReadOnlyList<SkipReason?> Refusals { get; }

    /// <summary>By the same index: both sides of a package that is refused.</summary>
    public IReadOnlyList<UnifyPackage?> Differences { get; }

    private static UnifyPackage Describe(InstalledPackage package, IEnumerable<InstalledPackage> others)
    {
        string theirs = string.Join(", ", others.Select(other =>
            other.Architecture == package.Architecture ? other.Version : $"{other.Version} {other.Architecture}"));
        return new UnifyPackage
        {
            Name = package.Name,
            Architecture = package.Architecture,
            ReferenceVersion = package.Version,
            GuestVersion = theirs.Length == 0 ? null : theirs,
        };
    }
}
