using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Start-VServer: starts guests, those of the highest priority first.</summary>
[Cmdlet(VerbsLifecycle.Start, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(Guest))]
public sealed class StartVServerCommand : StartingCommand
{
    /// <summary>Emits the guests that were started.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override string Deed => "Start";

    /// <inheritdoc/>
    private protected override void Run(IReadOnlyList<FoundGuest> guests)
    {
        RunByPriority("Starting guests", guests, highestFirst: true, (found, stopping) =>
        {
            Start(found, stopping);
            return PassThru ? found.Session.Guests.Get(found.Guest.Name) : null;
        });
        TellQueued();
    }
}
