using System.Management.Automation;
using VServer.Binding;
using VServer.Errors;
using VServer.Hosting;
using VServer.Templates;

namespace VServer.Commands;

/// <summary>New-VServerTemplate: makes a template of packages that are installed on this host or below another root.</summary>
[Cmdlet(VerbsCommon.New, "VServerTemplate", SupportsShouldProcess = true, DefaultParameterSetName = OfHost)]
[OutputType(typeof(Template))]
public sealed class NewVServerTemplateCommand : NewItemCommand
{
    private const string OfHost = "FromHost";
    private const string OfSource = "Source";

    /// <summary>Name of the template.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>Takes the packages from this host.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfHost)]
    [Parameter(ParameterSetName = OfSource)]
    public SwitchParameter FromHost { get; set; }

    /// <summary>Root of another system to take the packages from.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfSource)]
    [ValidateNotNullOrEmpty]
    public string Source { get; set; } = "/";

    /// <summary>The packages; what they depend on comes with them.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(PackageNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Package { get; set; } = [];

    /// <summary>Trust group of the guests made from it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string TrustGroup { get; set; } = "default";

    /// <inheritdoc/>
    private protected override void Process()
    {
        string source = ShellPath.Resolve(Source, SessionState.Path, ErrorIds.TreeInvalid);
        CheckName(Name);
        if (ShouldProcess(Name, $"Make a template of packages of {source}"))
        {
            StoreSession session = SessionForNew();
            WriteObject(Work($"Making template {Name}", work => session.TemplateMaker.Create(Request(source, work), work.Stopping)));
        }
    }

    private NewTemplate Request(string source, WorkContext work) => new()
    {
        Name = Name,
        Packages = Package,
        Source = source,
        TrustGroup = TrustGroup,
        Progress = work.Progress,
    };
}
