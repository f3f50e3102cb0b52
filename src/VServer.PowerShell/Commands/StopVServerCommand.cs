using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Stop-VServer: stops guests, those of the lowest priority first, and says what ended each.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(StopResult))]
public sealed class StopVServerCommand : ParallelGuestCommand
{
    /// <summary>Seconds a guest may take after it was asked to end, before it is killed.</summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int TimeoutSec { get; set; } = 10;

    /// <inheritdoc/>
    private protected override string Deed => "Stop";

    /// <inheritdoc/>
    private protected override void Run(IReadOnlyList<FoundGuest> guests) =>
        RunByPriority("Stopping guests", guests, highestFirst: false, (found, stopping) =>
            found.Session.Guests.Stop(found.Guest.Name, TimeSpan.FromSeconds(TimeoutSec), stopping));
}
