using System.Management.Automation;
using VServer.Binding;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Compare-VServer: what guests have changed against their trees and not folded into them yet.</summary>
[Cmdlet(VerbsData.Compare, "VServer")]
[OutputType(typeof(FileChange))]
public sealed class CompareVServerCommand : GuestCommand
{
    /// <summary>Only these files and folders, and what is below them; patterns, too.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public GuestPath[] Path { get; set; } = [];

    /// <summary>Only changes of these kinds.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ChangeKind[] Change { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process(StoreSession session, Guest guest) => Work($"Comparing {guest.Name}", work =>
    {
        session.Changes.Compare(guest.Name, GuestPath.Select(Path), change => EmitIfMeant(change, work), work.Progress, work.Stopping);
    });

    private void EmitIfMeant(FileChange change, WorkContext work)
    {
        if (Change.Length == 0 || Change.Contains(change.Change))
        {
            work.Post(() => WriteObject(change));
        }
    }
}
