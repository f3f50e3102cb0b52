using System.Management.Automation;
using VServer.Binding;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Get-VServerNetwork: the networks of a store.</summary>
[Cmdlet(VerbsCommon.Get, "VServerNetwork")]
[OutputType(typeof(Network))]
public sealed class GetVServerNetworkCommand : VServerCommand
{
    /// <summary>The networks; all when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Network")]
    [ArgumentCompleter(typeof(NetworkNameCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [new("*")];

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, static session => session.Networks.Names()))
        {
            Attempt(found.Name, () => WriteObject(found.Session.Networks.Get(found.Name)));
        }
    }
}
