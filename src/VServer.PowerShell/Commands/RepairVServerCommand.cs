using System.Management.Automation;
using VServer.Binding;
using VServer.Hosting;
using VServer.Trust;

namespace VServer.Commands;

/// <summary>Repair-VServer: puts right what Test-VServer finds, where that can be done without guessing.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(RepairStep))]
public sealed class RepairVServerCommand : VServerCommand
{
    /// <summary>The guests and templates.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [];

    /// <summary>What they are tested for first.</summary>
    [Parameter]
    public TestScope Against { get; set; } = TestScope.Store | TestScope.Package;

    /// <summary>The guest or template that files of packages are taken from, other than the one a guest was made from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNull]
    public VServerIdentity? Reference { get; set; }

    /// <summary>The guard that shared files should have.</summary>
    [Parameter]
    public GuardChoice Guard { get; set; }

    /// <summary>Puts back also files of packages that were changed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, NamedTrees.Of))
        {
            Attempt(found.Name, () => Repair(found));
        }
    }

    private void Repair(FoundName found)
    {
        NamedTrees.Check(found);
        if (Confirm(found.Name, "Repair") is not bool whatIf)
        {
            return;
        }

        Work($"Repairing {found.Name}", work => found.Session.Repairs().Repair(
            new RepairRequest
            {
                Name = found.Name,
                Scope = Against,
                Reference = Reference?.Name,
                Guard = Guard.ToGuard(),
                Force = Force,
                WhatIf = whatIf,
                Told = step => work.Post(() => WriteObject(step)),
                Progress = work.Progress,
            },
            work.Stopping));
    }
}
