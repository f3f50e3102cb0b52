using System.Management.Automation;
using VServer.Binding;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Remove-VServerTemplate: removes templates; guests made from them keep their files.</summary>
[Cmdlet(VerbsCommon.Remove, "VServerTemplate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveVServerTemplateCommand : VServerCommand
{
    /// <summary>The templates.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Template")]
    [ArgumentCompleter(typeof(TemplateNameCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (FoundName found in NameFinder.Find(Name, Session, static session => session.Store.TemplateNames()))
        {
            Attempt(found.Name, () => Remove(found.Session, found.Session.Templates.Get(found.Name)));
        }
    }

    private void Remove(StoreSession session, Template template)
    {
        if (ShouldProcess(template.Name, "Remove the template and all its files"))
        {
            Work($"Removing template {template.Name}", work => session.Templates.Remove(template.Name, work.Stopping));
        }
    }
}
