using System.Management.Automation;
using VServer.Errors;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Remove-VServer: removes guests with all their files.</summary>
[Cmdlet(VerbsCommon.Remove, "VServer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveVServerCommand : GuestCommand
{
    /// <summary>Stops a running guest first.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process(StoreSession session, Guest guest)
    {
        CheckStopped(guest);
        if (ShouldProcess(guest.Name, "Remove the guest and all its files"))
        {
            Work($"Removing {guest.Name}", work => session.Guests.Remove(guest.Name, Force, work.Stopping));
        }
    }

    // Asked here as well as in the service, so that nobody confirms what is then refused.
    private void CheckStopped(Guest guest)
    {
        if (!Force && guest.ProcessId is not null)
        {
            throw new VServerException(
                ErrorIds.GuestRunning,
                ErrorKind.InvalidOperation,
                guest.Name,
                $"The guest '{guest.Name}' runs, so it was not removed. Stop it with Stop-VServer {guest.Name}, or use -Force.");
        }
    }
}
