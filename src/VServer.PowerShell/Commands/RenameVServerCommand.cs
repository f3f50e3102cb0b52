using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Rename-VServer: gives guests other names.</summary>
[Cmdlet(VerbsCommon.Rename, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(Guest))]
public sealed class RenameVServerCommand : GuestCommand
{
    /// <summary>The new name.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string NewName { get; set; } = "";

    /// <summary>Emits the guests under their new names.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(StoreSession session, Guest guest)
    {
        session.GuestRenamer.Check(guest.Name, NewName);
        if (!ShouldProcess(guest.Name, $"Rename to {NewName}"))
        {
            return;
        }

        session.GuestRenamer.Rename(guest.Name, NewName);
        if (PassThru)
        {
            WriteObject(session.Guests.Get(NewName));
        }
    }
}
