using System.Management.Automation;
using VServer.Binding;
using VServer.Errors;
using VServer.Guests;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Measure-VServer: what guests and templates take on disk, and what of it is shared.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "VServer")]
[OutputType(typeof(Usage))]
public sealed class MeasureVServerCommand : VServerCommand
{
    // Gathered first, since one look at a whole store answers for all that is in it.
    private readonly List<FoundName> wanted = [];

    /// <summary>The guests and templates; all when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [new("*")];

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, static session => KnownNames(session.Store)))
        {
            Attempt(found.Name, () => Want(found));
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        foreach (IGrouping<StoreSession, FoundName> group in wanted.GroupBy(static found => found.Session))
        {
            HashSet<string> names = [.. group.Select(static found => found.Name)];
            WriteObject(Work($"Measuring {group.Key.Store.Path}", work => group.Key.Usage.Measure(names.Contains, work.Stopping)), enumerateCollection: true);
        }
    }

    private static IReadOnlyList<string> KnownNames(Store store) => [.. store.TemplateNames(), .. store.GuestNames()];

    private void Want(FoundName found)
    {
        string name = GuestName.Check(found.Name);
        if (!KnownNames(found.Session.Store).Contains(name))
        {
            throw new VServerException(
                ErrorIds.GuestNotFound,
                ErrorKind.NotFound,
                name,
                $"There is neither a guest nor a template '{name}' in the store '{found.Session.Store.Path}'. Get-VServer and Get-VServerTemplate list what there is.");
        }

        wanted.Add(found);
    }
}
