using System.Management.Automation;
using VServer.Binding;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Get-VServerTemplate: the templates of a store.</summary>
[Cmdlet(VerbsCommon.Get, "VServerTemplate")]
[OutputType(typeof(Template))]
public sealed class GetVServerTemplateCommand : VServerCommand
{
    /// <summary>The templates; all when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Template")]
    [ArgumentCompleter(typeof(TemplateNameCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [new("*")];

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, static session => session.Store.TemplateNames()))
        {
            Attempt(found.Name, () => WriteObject(found.Session.Templates.Get(found.Name)));
        }
    }
}
