using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Start-VServer: starts guests.</summary>
[Cmdlet(VerbsLifecycle.Start, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(Guest))]
public sealed class StartVServerCommand : GuestCommand
{
    /// <summary>Emits the guests that were started.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(StoreSession session, Guest guest)
    {
        if (!ShouldProcess(guest.Name, "Start"))
        {
            return;
        }

        Work($"Starting {guest.Name}", work => session.Guests.Start(guest.Name, work.Stopping));
        if (PassThru)
        {
            WriteObject(session.Guests.Get(guest.Name));
        }
    }
}
