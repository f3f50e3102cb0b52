using System.Management.Automation;
using VServer.Binding;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Remove-VServerNetwork: removes networks with their bridges and rules.</summary>
[Cmdlet(VerbsCommon.Remove, "VServerNetwork", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveVServerNetworkCommand : VServerCommand
{
    /// <summary>The networks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Network")]
    [ArgumentCompleter(typeof(NetworkNameCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [];

    /// <summary>Stops guests that are configured for it, and leaves them without a network.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, static session => session.Networks.Names()))
        {
            Attempt(found.Name, () => Remove(found.Session, found.Name));
        }
    }

    private void Remove(StoreSession session, string name)
    {
        session.Networks.CheckRemovable(name, Force);
        IReadOnlyList<string> guests = session.Networks.Get(name).Guests;
        string others = guests.Count > 0 ? $", stop its guests ({string.Join(", ", guests)}) and leave them without one" : "";
        if (ShouldProcess(name, $"Remove the network{others}"))
        {
            Work($"Removing network {name}", work => session.Networks.Remove(name, Force, work.Stopping));
        }
    }
}
