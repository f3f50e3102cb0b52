using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Stop-VServer: stops guests, those of the lowest priority first, and says what ended each.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VServer", SupportsShouldProcess = true, DefaultParameterSetName = "Policy")]
[OutputType(typeof(StopResult))]
public sealed class StopVServerCommand : ParallelGuestCommand
{
    /// <summary>Seconds a guest may take after it was asked to end, before it is killed.</summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>Folds what the guest has changed into its tree, also where it keeps that apart.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Settle")]
    public SwitchParameter Settle { get; set; }

    /// <summary>Drops what the guest has changed since it was last settled.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Discard")]
    public SwitchParameter Discard { get; set; }

    /// <inheritdoc/>
    private protected override string Deed => Discard ? "Stop and drop its changes" : Settle ? "Stop and fold its changes into its tree" : "Stop";

    private DeltaEnd Delta => Discard ? DeltaEnd.Discard : Settle ? DeltaEnd.Settle : DeltaEnd.ByPolicy;

    /// <inheritdoc/>
    private protected override void Run(IReadOnlyList<FoundGuest> guests) =>
        RunByPriority("Stopping guests", guests, highestFirst: false, (found, stopping) =>
            found.Session.Guests.Stop(found.Guest.Name, TimeSpan.FromSeconds(TimeoutSec), Delta, stopping));
}
