using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Restart-VServer: stops guests and starts them again; a stopped one is started.</summary>
[Cmdlet(VerbsLifecycle.Restart, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(Guest))]
public sealed class RestartVServerCommand : StartingCommand
{
    /// <summary>Seconds a guest may take after it was asked to end, before it is killed.</summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>Emits the guests that were started again.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override string Deed => "Restart";

    /// <inheritdoc/>
    private protected override void Run(IReadOnlyList<FoundGuest> guests)
    {
        if (guests.All(found => found.Guest.Priority == guests[0].Guest.Priority))
        {
            // None has to wait for another, so each is away no longer than it takes.
            RunByPriority("Restarting guests", guests, highestFirst: true, (found, stopping) =>
            {
                Stop(found, stopping);
                return StartAgain(found, stopping);
            });
            TellQueued();
            return;
        }

        IReadOnlyList<FoundGuest> stopped = RunByPriority("Stopping guests", guests, highestFirst: false, Stop);
        RunByPriority("Starting guests", stopped, highestFirst: true, StartAgain);
        TellQueued();
    }

    private object? Stop(FoundGuest found, CancellationToken stopping)
    {
        found.Session.Guests.Stop(found.Guest.Name, TimeSpan.FromSeconds(TimeoutSec), DeltaEnd.ByPolicy, stopping);
        return null;
    }

    private Guest? StartAgain(FoundGuest found, CancellationToken stopping)
    {
        Start(found, stopping);
        return PassThru ? found.Session.Guests.Get(found.Guest.Name) : null;
    }
}
