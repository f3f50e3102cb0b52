using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Suspend-VServer: freezes guests; nothing in them runs until they are resumed.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(Guest))]
public sealed class SuspendVServerCommand : ParallelGuestCommand
{
    /// <summary>Emits the guests that were suspended.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override string Deed => "Suspend";

    /// <inheritdoc/>
    private protected override void Run(IReadOnlyList<FoundGuest> guests) =>
        RunByPriority("Suspending guests", guests, highestFirst: false, (found, stopping) =>
        {
            found.Session.Guests.Suspend(found.Guest.Name, stopping);
            return PassThru ? found.Session.Guests.Get(found.Guest.Name) : null;
        });
}
