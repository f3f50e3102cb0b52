using System.Management.Automation;
using VServer.Binding;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Get-VServer: the guests of a store.</summary>
[Cmdlet(VerbsCommon.Get, "VServer")]
[OutputType(typeof(Guest))]
public sealed class GetVServerCommand : VServerCommand
{
    /// <summary>The guests; all when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [new("*")];

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, static session => session.Store.GuestNames()))
        {
            Attempt(found.Name, () => WriteObject(found.Session.Guests.Get(found.Name)));
        }
    }
}
