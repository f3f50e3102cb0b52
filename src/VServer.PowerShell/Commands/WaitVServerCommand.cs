using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Wait-VServer: waits until guests are in a state.</summary>
[Cmdlet(VerbsLifecycle.Wait, "VServer")]
[OutputType(typeof(Guest))]
public sealed class WaitVServerCommand : GuestCommand
{
    private readonly List<FoundGuest> gathered = [];

    /// <summary>The state to wait for.</summary>
    [Parameter]
    [ValidateSet(nameof(GuestState.Stopped), nameof(GuestState.Running), nameof(GuestState.Suspended))]
    public GuestState State { get; set; } = GuestState.Stopped;

    /// <summary>Seconds to wait; without end when not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    /// <inheritdoc/>
    private protected override void Process(StoreSession session, Guest guest) => gathered.Add(new FoundGuest(session, guest));

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (gathered.Count == 0)
        {
            return;
        }

        // Each is told as it is known: whoever reads may work on it while the others are waited for.
        Work("Waiting for guests", work =>
            ThreadPerItem.Run(gathered.Count, gathered.Count, number => work.Post(WaitForOne(gathered[number], work)), work.Stopping));
    }

    private Action WaitForOne(FoundGuest found, WorkContext work)
    {
        try
        {
            TimeSpan? limit = TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) : null;
            Guest guest = found.Session.Guests.Wait(found.Guest.Name, State, limit, work.Stopping);
            return () => WriteObject(guest);
        }
        catch (Exception failure) when (ErrorRecords.CanReport(failure))
        {
            return () => WriteError(ErrorRecords.From(failure, found.Guest.Name));
        }
    }
}
