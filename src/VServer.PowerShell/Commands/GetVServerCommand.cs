using System.Management.Automation;
using VServer.Binding;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Get-VServer: the guests of a store.</summary>
[Cmdlet(VerbsCommon.Get, "VServer")]
[OutputType(typeof(Guest))]
public sealed class GetVServerCommand : VServerCommand
{
    private const string DetailedType = "VServer.Guest#Detailed";

    /// <summary>The guests; all when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [new("*")];

    /// <summary>Tells also what running guests take of the host, and may take, and counts how much each guest has changed.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, static session => session.Store.GuestNames()))
        {
            Attempt(found.Name, () => WriteObject(Detailed ? GetDetailed(found) : found.Session.Guests.Get(found.Name)));
        }
    }

    // A guest still, and shown by a view of its own.
    private PSObject GetDetailed(FoundName found)
    {
        PSObject shown = new(Work($"Counting {found.Name}", work => found.Session.Guests.GetDetailed(found.Name, work.Stopping)));
        shown.TypeNames.Insert(0, DetailedType);
        return shown;
    }
}
