using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Stop-VServer: stops guests and says what ended each.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(StopResult))]
public sealed class StopVServerCommand : GuestCommand
{
    /// <summary>Seconds a guest may take after it was asked to end, before it is killed.</summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public int TimeoutSec { get; set; } = 10;

    /// <inheritdoc/>
    private protected override void Process(StoreSession session, Guest guest)
    {
        if (ShouldProcess(guest.Name, "Stop"))
        {
            TimeSpan grace = TimeSpan.FromSeconds(TimeoutSec);
            WriteObject(Work($"Stopping {guest.Name}", work => session.Guests.Stop(guest.Name, grace, work.Stopping)));
        }
    }
}
