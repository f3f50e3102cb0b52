using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Resume-VServer: lets suspended guests go on.</summary>
[Cmdlet(VerbsLifecycle.Resume, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(Guest))]
public sealed class ResumeVServerCommand : ParallelGuestCommand
{
    /// <summary>Emits the guests that were resumed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override string Deed => "Resume";

    /// <inheritdoc/>
    private protected override void Run(IReadOnlyList<FoundGuest> guests) =>
        RunByPriority("Resuming guests", guests, highestFirst: true, (found, stopping) =>
        {
            found.Session.Guests.Resume(found.Guest.Name, stopping);
            return PassThru ? found.Session.Guests.Get(found.Guest.Name) : null;
        });
}
