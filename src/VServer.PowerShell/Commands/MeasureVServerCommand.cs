using System.Management.Automation;
using VServer.Accounting;
using VServer.Binding;
using VServer.Hosting;
using VServer.Unify;

namespace VServer.Commands;

/// <summary>Measure-VServer: what guests and templates take on disk, what of it is shared, and with whom.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "VServer", DefaultParameterSetName = Measuring)]
[OutputType(typeof(Usage), ParameterSetName = [Measuring])]
[OutputType(typeof(UsagePartner), ParameterSetName = [Sharing])]
[OutputType(typeof(UnsharedFile), ParameterSetName = [Listing])]
[OutputType(typeof(StoreUsage), ParameterSetName = [Adding])]
public sealed class MeasureVServerCommand : VServerCommand
{
    private const string Measuring = "Usage";
    private const string Sharing = "Partner";
    private const string Listing = "Unshared";
    private const string Adding = "Total";

    // Has a view of its own: all of it, one line a number.
    private const string DetailedType = "VServer.Usage#Detailed";

    // Gathered first, since one look at a whole store answers for all that is in it.
    private readonly List<FoundName> wanted = [];

    /// <summary>The guests and templates; all when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = Measuring)]
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = Sharing)]
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = Listing)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [new("*")];

    /// <summary>Shows everything.</summary>
    [Parameter(ParameterSetName = Measuring)]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Also finds what sharing with this guest or template would save.</summary>
    [Parameter(ParameterSetName = Measuring)]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNull]
    public VServerIdentity? Reference { get; set; }

    /// <summary>Which files might be shared; by content, with any other guest of the store.</summary>
    [Parameter(ParameterSetName = Measuring)]
    public UnifyScope Scope { get; set; }

    /// <summary>Emits one record for each two that share.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Sharing)]
    public SwitchParameter Partner { get; set; }

    /// <summary>Emits the files of packages that are not shared.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Listing)]
    public SwitchParameter Unshared { get; set; }

    /// <summary>Emits the store as a whole.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Adding)]
    public SwitchParameter Total { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Total ? [] : Name, Session, NamedTrees.Of))
        {
            Attempt(found.Name, () => Want(found));
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (Total)
        {
            // A store without guests takes something, too.
            WriteObject(Measure(Session()).Total);
            return;
        }

        foreach (IGrouping<StoreSession, FoundName> group in wanted.GroupBy(static found => found.Session))
        {
            HashSet<string> names = [.. group.Select(static found => found.Name)];
            Attempt(group.Key.Store.Path, () => Emit(group.Key, names));
        }
    }

    private void Emit(StoreSession session, HashSet<string> names)
    {
        if (Unshared)
        {
            foreach (string name in names)
            {
                Attempt(name, () => List(session, name));
            }

            return;
        }

        StoreReport report = Measure(session);
        Usage[] usages = [.. report.Parts.Where(usage => names.Contains(usage.Name))];
        if (Partner)
        {
            WriteObject(usages.SelectMany(static usage => usage.SharedWith), enumerateCollection: true);
        }
        else
        {
            Array.ForEach([.. Complete(session, usages)], Write);
        }
    }

    private StoreReport Measure(StoreSession session) =>
        Work($"Measuring {session.Store.Path}", work => session.Usage.Measure(work.Progress, work.Stopping));

    private IReadOnlyList<Usage> Complete(StoreSession session, Usage[] usages) =>
        Reference is null && Scope != UnifyScope.Content
            ? usages
            : Work("Comparing what is not shared", work =>
                session.Savings.Complete(usages, Reference?.Name, Scope, work.Progress, work.Stopping));

    private void Write(Usage usage)
    {
        PSObject shown = new(usage);
        if (Detailed)
        {
            shown.TypeNames.Insert(0, DetailedType);
        }

        WriteObject(shown);
        if (usage.OtherTrustGroupInodes > 0)
        {
            WriteWarning($"'{usage.Name}' shares {usage.OtherTrustGroupInodes} files with guests of another trust group. Test-VServer {usage.Name} names them; Repair-VServer {usage.Name} gives it copies of its own.");
        }
    }

    private void List(StoreSession session, string name) => Work($"Listing {name}", work =>
        session.UnsharedFiles.Find(name, file => work.Post(() => WriteObject(file)), work.Stopping));

    private void Want(FoundName found)
    {
        NamedTrees.Check(found);
        wanted.Add(found);
    }
}
