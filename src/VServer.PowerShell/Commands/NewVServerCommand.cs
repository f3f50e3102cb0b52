using System.Management.Automation;
using VServer.Binding;
using VServer.Errors;
using VServer.Guests;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>New-VServer: makes guests from a template, or one from a tree that exists.</summary>
[Cmdlet(VerbsCommon.New, "VServer", SupportsShouldProcess = true, DefaultParameterSetName = FromTemplate)]
[OutputType(typeof(Guest))]
public sealed class NewVServerCommand : NewItemCommand, IDynamicParameters
{
    private const string FromTemplate = "Template";
    private const string FromTree = "Path";
    private readonly NewGuestParameters settings = new();
    private readonly MountAdvice advice = new();

    /// <summary>Names of the guests.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The template they are made from.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromTemplate, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TemplateNameCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity? Template { get; set; }

    /// <summary>A folder with the whole tree of a system, on the store's file system. It becomes the guest's.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromTree)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The host name seen inside; the guest's name when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    /// <summary>Which guests it may share files with; the template's group when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? TrustGroup { get; set; }

    /// <summary>What can be set of it and changed later.</summary>
    public object GetDynamicParameters() => settings;

    /// <inheritdoc/>
    private protected override void Process()
    {
        string? tree = Path is null ? null : ShellPath.Resolve(Path, SessionState.Path, ErrorIds.TreeInvalid);
        GuestSettings asked = settings.Fill(new GuestSettings(), MyInvocation.BoundParameters, SessionState.Path);
        CheckRequest();
        CheckSettings(asked);
        advice.Give(asked.Mount, Parts.Stores, WriteWarning);
        foreach (string name in Name)
        {
            Attempt(name, () => Make(name, tree, asked));
        }
    }

    private void CheckRequest()
    {
        if (Template is not null)
        {
            Session(Template.Store).Store.ReadTemplate(Template.Name);
        }
        else if (Name.Length > 1)
        {
            throw new VServerException(
                ErrorIds.TreeInvalid,
                ErrorKind.InvalidArgument,
                Path,
                $"The tree '{Path}' can become one guest, and {Name.Length} names were given. Give one name, or make the others with -Template.");
        }
    }

    private void CheckSettings(GuestSettings asked)
    {
        if (Directory.Exists(Template?.Store ?? ResolveStorePath()))
        {
            Session(Template?.Store).GuestMaker.Check(asked);
        }
    }

    private void Make(string name, string? tree, GuestSettings asked)
    {
        CheckName(name, Template?.Store);
        if (!ShouldProcess(name, tree is null ? $"Make a guest from template {Template}" : $"Make a guest of the tree {tree}"))
        {
            return;
        }

        StoreSession session = SessionForNew(Template?.Store);
        WriteObject(Work($"Making {name}", work => session.Guests.Get(session.GuestMaker.Create(Request(name, tree, asked, work), work.Stopping))));
    }

    private NewGuest Request(string name, string? tree, GuestSettings asked, WorkContext work) => new()
    {
        Name = name,
        Template = Template?.Name,
        Tree = tree,
        HostName = HostName,
        TrustGroup = TrustGroup,
        Settings = asked,
        Progress = work.Progress,
    };
}
