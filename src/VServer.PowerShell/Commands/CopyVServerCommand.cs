using System.Management.Automation;
using VServer.Binding;
using VServer.Guests;
using VServer.Hosting;
using VServer.Unify;

namespace VServer.Commands;

/// <summary>Copy-VServer: makes guests that share the package files of a guest or template and are their own in all else.</summary>
[Cmdlet(VerbsCommon.Copy, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(CopyResult), typeof(CopyFile), typeof(Guest))]
public sealed class CopyVServerCommand : NewItemCommand
{
    /// <summary>The guest or template that is copied.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNull]
    public VServerIdentity? Name { get; set; }

    /// <summary>Names of the new guests.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("NewName")]
    [ValidateNotNullOrEmpty]
    public string[] Destination { get; set; } = [];

    /// <summary>The host name seen inside; each guest's name when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    /// <summary>Which guests the copies may share files with; the reference's group when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TrustGroup { get; set; }

    /// <summary>Which files are linked: those of packages, or all outside of configuration and state.</summary>
    [Parameter]
    [ValidateSet(nameof(UnifyScope.Package), nameof(UnifyScope.Tree))]
    public UnifyScope Scope { get; set; }

    /// <summary>What keeps a linked file from being changed by one guest.</summary>
    [Parameter]
    public GuardChoice Guard { get; set; }

    /// <summary>Emits what becomes of every file before the results.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Emits the new guests in place of the results.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        VServerIdentity reference = Name!; // Mandatory.
        StoreSession session = Session(reference.Store);
        session.GuestCopier.CheckReference(reference.Name);
        string[] names = [.. Destination.Distinct().Where(name => Attempt(name, () => CheckName(name, reference.Store)))];
        foreach (IGrouping<bool, string> group in Confirm(names, $"Make a copy of {reference}"))
        {
            Copy(session, Request(reference.Name, [.. group]) with { WhatIf = group.Key });
        }
    }

    private void Copy(StoreSession session, CopyRequest request)
    {
        IReadOnlyList<CopyResult> results = Work($"Copying {request.Reference}", work => session.GuestCopier.Copy(
            request with { Files = FileSink<CopyFile>(work, Detailed, CopyAdvice.Explain), Progress = work.Progress }, work.Stopping));
        foreach (CopyResult result in results)
        {
            WriteVerbose(CopyAdvice.Sum(result));
            WriteObject(PassThru && !result.WhatIf ? session.Guests.Get(result.Guest) : result);
        }
    }

    private CopyRequest Request(string reference, IReadOnlyList<string> names) => new()
    {
        Reference = reference,
        Names = names,
        HostName = HostName,
        TrustGroup = TrustGroup,
        Scope = Scope,
        Guard = Guard.ToGuard(),
    };
}
