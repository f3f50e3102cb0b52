using System.Management.Automation;
using VServer.Binding;
using VServer.Hosting;
using VServer.Unify;

namespace VServer.Commands;

/// <summary>Get-VServerImmutable: how files of guests are guarded.</summary>
[Cmdlet(VerbsCommon.Get, "VServerImmutable")]
[OutputType(typeof(GuardedFile))]
public sealed class GetVServerImmutableCommand : VServerCommand
{
    /// <summary>The guests and templates.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [];

    /// <summary>Files, folders and patterns; every file that has a guard when not given.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public GuestPath[] Path { get; set; } = [];

    /// <summary>Only files guarded so.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public UnifyGuard[] Guard { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, NamedTrees.Of))
        {
            Attempt(found.Name, () => Show(found));
        }
    }

    private void Show(FoundName found)
    {
        NamedTrees.Check(found);
        Work($"Reading {found.Name}", work => found.Session.Guards.Read(
            found.Name,
            GuestPath.Select(Path),
            file => EmitIfMeant(file, work),
            failure => work.Post(() => WriteError(ErrorRecords.From(failure))),
            work.Stopping));
    }

    private void EmitIfMeant(GuardedFile file, WorkContext work)
    {
        if (Guard.Length > 0 ? Guard.Contains(file.Guard) : Path.Length > 0 || file.Guard != UnifyGuard.None)
        {
            work.Post(() => WriteObject(file));
        }
    }
}
