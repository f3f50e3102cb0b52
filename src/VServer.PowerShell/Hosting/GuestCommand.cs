using System.Management.Automation;
using VServer.Binding;

namespace VServer.Hosting;

/// <summary>A cmdlet that does one thing to each guest it is given.</summary>
public abstract class GuestCommand : VServerCommand
{
    /// <summary>The guests: names, names with wildcards, or guest objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected sealed override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, static session => session.Store.GuestNames()))
        {
            Attempt(found.Name, () => Process(found.Session, found.Session.Guests.Get(found.Name)));
        }
    }

    /// <summary>Does the work on one guest that exists.</summary>
    private protected abstract void Process(StoreSession session, Guest guest);
}
