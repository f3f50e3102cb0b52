using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Restart-VServer: stops guests and starts them again; a stopped one is started.</summary>
[Cmdlet(VerbsLifecycle.Restart, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(Guest))]
public sealed class RestartVServerCommand : GuestCommand
{
    /// <summary>Seconds a guest may take after it was asked to end, before it is killed.</summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>Emits the guests that were started again.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(StoreSession session, Guest guest)
    {
        if (!ShouldProcess(guest.Name, "Restart"))
        {
            return;
        }

        Work($"Restarting {guest.Name}", work =>
        {
            session.Guests.Stop(guest.Name, TimeSpan.FromSeconds(TimeoutSec), work.Stopping);
            return session.Guests.Start(guest.Name, work.Stopping);
        });
        if (PassThru)
        {
            WriteObject(session.Guests.Get(guest.Name));
        }
    }
}
