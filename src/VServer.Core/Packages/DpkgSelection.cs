using System.Text;
using VServer.Errors;

namespace VServer.Packages;

/// <summary>Finds out which installed packages must come along with those that were asked for.</summary>
internal sealed class DpkgSelection
{
    private const string All = "all";

    private readonly string owner;
    private readonly IReadOnlyList<DpkgPackage> installed;
    private readonly string native;
    private readonly ILookup<string, DpkgPackage> byName;
    private readonly ILookup<string, (DpkgPackage Package, string Version)> providers;
    private readonly HashSet<DpkgPackage> selected = [];
    private readonly Queue<DpkgPackage> waiting = [];

    /// <summary>Prepares a choice among what is installed in <paramref name="owner"/>.</summary>
    public DpkgSelection(string owner, IReadOnlyList<DpkgPackage> installed)
    {
        this.owner = owner;
        this.installed = installed;
        byName = installed.ToLookup(package => package.Identity.Name);
        native = installed.OrderByDescending(package => package.Identity.Name == "dpkg")
            .Select(package => package.Identity.Architecture)
            .FirstOrDefault(architecture => architecture != All, All);
        providers = installed.SelectMany(Provisions).ToLookup(provision => provision.Name, provision => (provision.Package, provision.Version));
    }

    /// <summary>The named packages and all that must come with them, in order of name.</summary>
    public IReadOnlyList<DpkgPackage> Select(IReadOnlyList<string> names)
    {
        CheckNames(names);
        foreach (DpkgPackage package in names.Select(Find).OfType<DpkgPackage>().Concat(installed.Where(IsTakenForGranted)))
        {
            Take(package);
        }

        while (waiting.TryDequeue(out DpkgPackage? package))
        {
            TakeNeeds(package, "Pre-Depends");
            TakeNeeds(package, "Depends");
        }

        return [.. selected.OrderBy(package => package.InfoName, StringComparer.Ordinal)];
    }

    private bool IsTakenForGranted(DpkgPackage package) =>
        package.IsEssential && Concrete(package) == native;

    private void CheckNames(IReadOnlyList<string> names)
    {
        string[] unknown = [.. names.Where(name => Find(name) is null)];
        if (unknown.Length > 0)
        {
            throw new VServerException(
                ErrorIds.PackageNotFound,
                ErrorKind.NotFound,
                unknown.Length == 1 ? unknown[0] : unknown,
                $"Not installed in '{owner}', so nothing was made: {string.Join("; ", unknown.Select(Describe))}. Install what is missing there, or name packages that dpkg -l lists.");
        }
    }

    private DpkgPackage? Find(string name)
    {
        PackageRelation wanted = PackageRelation.ParseField(name) is [[{ } one]] ? one : new PackageRelation(name, "", "", "");
        return byName[wanted.Name]
            .Where(package => wanted.Architecture.Length == 0 || wanted.Architecture == package.Identity.Architecture)
            .MaxBy(package => package.Identity.Architecture == native);
    }

    private string Describe(string name)
    {
        string[] near = [.. providers[name].Select(provider => provider.Package.Identity.Name).DefaultIfEmpty().OfType<string>()];
        near = near.Length > 0 ? near : NearNames.Find(name, byName.Select(group => group.Key));
        return near.Length > 0 ? $"'{name}' (did you mean {string.Join(" or ", near)}?)" : $"'{name}'";
    }

    private void Take(DpkgPackage package)
    {
        if (selected.Add(package))
        {
            waiting.Enqueue(package);
        }
    }

    private void TakeNeeds(DpkgPackage package, string field)
    {
        foreach (IReadOnlyList<PackageRelation> group in Read(package, field))
        {
            Take(group.Select(relation => Meet(package, relation)).FirstOrDefault(found => found is not null) ?? throw Missing(package, group));
        }
    }

    private DpkgPackage? Meet(DpkgPackage needing, PackageRelation relation) =>
        byName[relation.Name].FirstOrDefault(package => IsFit(needing, package, relation) && relation.Accepts(package.Identity.Version))
        ?? providers[relation.Name]
            .Where(provider => IsFit(needing, provider.Package, relation))
            .Where(provider => relation.Operator.Length == 0 || (provider.Version.Length > 0 && relation.Accepts(provider.Version)))
            .Select(provider => provider.Package)
            .OrderByDescending(selected.Contains)
            .ThenBy(package => package.Identity.Name, StringComparer.Ordinal)
            .FirstOrDefault();

    private bool IsFit(DpkgPackage needing, DpkgPackage candidate, PackageRelation relation)
    {
        string wanted = Concrete(needing);
        return relation.Architecture switch
        {
            "" => candidate.IsForeign || Concrete(candidate) == wanted,
            "any" => candidate.IsAllowed || candidate.IsForeign || Concrete(candidate) == wanted,
            _ => Concrete(candidate) == relation.Architecture,
        };
    }

    private string Concrete(DpkgPackage package) => package.Identity.Architecture == All ? native : package.Identity.Architecture;

    private VServerException Missing(DpkgPackage package, IReadOnlyList<PackageRelation> group) => new(
        ErrorIds.PackageDependencyMissing,
        ErrorKind.InvalidData,
        package.Identity.Name,
        $"The package '{package.Identity.Name}' needs {string.Join(" or ", group)}, which is not installed in '{owner}'. Mend that system first, e.g. with apt-get --fix-broken install, or leave the package out.");

    private static IEnumerable<(string Name, DpkgPackage Package, string Version)> Provisions(DpkgPackage package) =>
        Read(package, "Provides").SelectMany(group => group, (_, relation) => (relation.Name, package, relation.Version));

    private static IReadOnlyList<IReadOnlyList<PackageRelation>> Read(DpkgPackage package, string field) =>
        PackageRelation.ParseField(Encoding.ASCII.GetString(package.Paragraph[Encoding.ASCII.GetBytes(field)]));
}
