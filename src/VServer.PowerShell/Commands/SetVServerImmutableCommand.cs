using System.Management.Automation;
using VServer.Binding;
using VServer.Guards;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Set-VServerImmutable: seals files of guests, or takes the seal off.</summary>
[Cmdlet(VerbsCommon.Set, "VServerImmutable", SupportsShouldProcess = true, DefaultParameterSetName = ByName)]
[OutputType(typeof(GuardedFile))]
public sealed class SetVServerImmutableCommand : VServerCommand
{
    private const string ByName = "Name";
    private const string ByFile = "File";

    // Gathered first, so that a guest is asked about, kept from starting, and opened once.
    private readonly Dictionary<FoundName, List<GuestPath>> wanted = [];

    /// <summary>The guests and templates.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [];

    /// <summary>Files, folders and patterns; every shared file when not given.</summary>
    [Parameter(Position = 1, ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public GuestPath[] Path { get; set; } = [];

    /// <summary>Files as Get-VServerImmutable gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByFile)]
    [ValidateNotNullOrEmpty]
    public GuardedFile[] InputObject { get; set; } = [];

    /// <summary>Immutable seals; all else takes the seal off and leaves the guard to the guests' copy-on-write roots.</summary>
    [Parameter]
    public GuardChoice Guard { get; set; } = GuardChoice.Immutable;

    /// <summary>Seals also what the guest needs to change and what nobody shares.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits every file that was changed; with -WhatIf, that would be.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, NamedTrees.Of))
        {
            Attempt(found.Name, () => Want(found, Path));
        }

        foreach (GuardedFile file in InputObject)
        {
            FoundName found = new(Session(file.Store), file.Guest);
            Attempt(file.Guest, () => Want(found, [new GuestPath(file.Path)]));
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        foreach ((FoundName found, List<GuestPath> paths) in wanted)
        {
            string action = Guard == GuardChoice.Immutable ? "Seal files" : "Take the seal off files";
            if (Confirm(found.Name, action) is bool whatIf)
            {
                Attempt(found.Name, () => Change(found, GuestPath.Select(paths), whatIf));
            }
        }
    }

    private void Want(FoundName found, IEnumerable<GuestPath> paths)
    {
        NamedTrees.Check(found);
        if (!wanted.TryGetValue(found, out List<GuestPath>? before))
        {
            wanted.Add(found, before = []);
        }

        before.AddRange(paths);
    }

    private void Change(FoundName found, FileSelection selection, bool whatIf)
    {
        long left = Work($"Guarding {found.Name}", work => found.Session.Guards.Change(
            found.Name,
            selection,
            new GuardChange
            {
                Guard = Guard.ToGuard(),
                Force = Force,
                WhatIf = whatIf,
                Done = PassThru ? file => work.Post(() => WriteObject(file)) : null,
                Failed = failure => work.Post(() => WriteError(ErrorRecords.From(failure))),
            },
            work.Stopping));
        if (left > 0)
        {
            WriteVerbose($"{found.Name}: {UnifyAdvice.Count(left)} files not sealed, since the guest needs to change them or nobody shares them; -Force seals them, too.");
        }
    }
}
