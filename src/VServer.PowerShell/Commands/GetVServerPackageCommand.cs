using System.Management.Automation;
using VServer.Binding;
using VServer.Errors;
using VServer.Hosting;
using VServer.Packages;

namespace VServer.Commands;

/// <summary>Get-VServerPackage: what is installed in guests and templates, side by side, and whose a file is.</summary>
[Cmdlet(VerbsCommon.Get, "VServerPackage", DefaultParameterSetName = Listing)]
[OutputType(typeof(GuestPackage), ParameterSetName = [Listing, Owning])]
[OutputType(typeof(PackageDifference), ParameterSetName = [Comparing])]
public sealed class GetVServerPackageCommand : VServerCommand
{
    private const string Listing = "List";
    private const string Owning = "Path";
    private const string Comparing = "Difference";

    // Gathered, where they are to be put side by side.
    private readonly List<(FoundName Guest, IReadOnlyList<GuestPackage> Packages)> compared = [];

    /// <summary>The guests and templates; all when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [new("*")];

    /// <summary>Packages by name, by name with wildcards, or ALL.</summary>
    [Parameter(Position = 1, ParameterSetName = Listing)]
    [Parameter(Position = 1, ParameterSetName = Comparing)]
    [ArgumentCompleter(typeof(PackageNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Package { get; set; } = ["ALL"];

    /// <summary>Files inside the guest, whose packages are wanted; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Owning)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Shows the packages that are not the same in all of the guests.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Comparing)]
    public SwitchParameter Difference { get; set; }

    /// <summary>Shows those that are the same, too.</summary>
    [Parameter(ParameterSetName = Comparing)]
    public SwitchParameter IncludeEqual { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, NamedTrees.Of))
        {
            Attempt(found.Name, () =>
            {
                NamedTrees.Check(found);
                Process(found);
            });
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (!Difference || compared.Count == 0)
        {
            return;
        }

        PackageAdvice.Give(compared, this);
        PackageSelection selection = new(Package);
        HashSet<string> known = [.. compared.SelectMany(static pair => pair.Packages).Select(static package => package.Package)];
        Report(selection.DropUnknown(known, string.Join(", ", compared.Select(static pair => pair.Guest.Name))));
        foreach (PackageDifference row in PackageComparison.Compare([.. compared.Select(pair => (PackageAdvice.Label(pair.Guest, compared), pair.Packages))]))
        {
            if (selection.Includes(row.Package) && (IncludeEqual || row.State != PackageState.Same))
            {
                WriteObject(PackageAdvice.WithColumns(row));
            }
        }
    }

    private void Process(FoundName found)
    {
        if (ParameterSetName == Owning)
        {
            WriteOwners(found);
            return;
        }

        IReadOnlyList<GuestPackage> packages = Work($"Reading the packages of {found.Name}", _ => found.Session.Packages.List(found.Name));
        if (Difference)
        {
            compared.Add((found, packages));
            return;
        }

        PackageSelection selection = new(Package);
        Report(selection.DropUnknown(packages.Select(static package => package.Package).ToHashSet(), found.Name));
        WriteObject(packages.Where(package => selection.Includes(package.Package)), enumerateCollection: true);
    }

    private void WriteOwners(FoundName found)
    {
        PackageService service = found.Session.Packages;
        UnixPath[] literals = [.. Path.Where(static path => !WildcardPattern.ContainsWildcardCharacters(path)).Select(UnixPath.Parse)];
        WildcardPattern[] patterns = [.. Path.Where(WildcardPattern.ContainsWildcardCharacters).Select(static path => WildcardPattern.Get(path, WildcardOptions.None))];
        IReadOnlyList<GuestPackage> owners = Work(
            $"Looking for the files in the packages of {found.Name}",
            work => service.FindOwners(found.Name, literals, path => patterns.Any(pattern => pattern.IsMatch(path)), work.Stopping));
        WriteObject(owners, enumerateCollection: true);
        Report(literals
            .Where(path => service.Resolve(found.Name, path) is var real && !owners.Any(owner => owner.Path == real))
            .Select(path => PackageAdvice.NobodyOwns(path, found.Name)));
    }

    private void Report(IEnumerable<VServerException> failures)
    {
        foreach (VServerException failure in failures)
        {
            WriteError(ErrorRecords.From(failure));
        }
    }
}
