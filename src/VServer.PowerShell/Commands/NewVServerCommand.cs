using System.Management.Automation;
using VServer.Binding;
using VServer.Errors;
using VServer.Guests;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>New-VServer: makes guests from a template, or one from a tree that exists.</summary>
[Cmdlet(VerbsCommon.New, "VServer", SupportsShouldProcess = true, DefaultParameterSetName = FromTemplate)]
[OutputType(typeof(Guest))]
public sealed class NewVServerCommand : NewItemCommand
{
    private const string FromTemplate = "Template";
    private const string FromTree = "Path";

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

    /// <summary>What is process 1.</summary>
    [Parameter]
    public InitStyle Init { get; set; }

    /// <summary>The guest's own program and its arguments.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyString]
    public string[] Command { get; set; } = [];

    /// <summary>Which network it sees.</summary>
    [Parameter]
    public NetworkMode Network { get; set; }

    /// <summary>Makes the guest's root the host's root: no user namespace.</summary>
    [Parameter]
    public SwitchParameter Privileged { get; set; }

    /// <summary>What becomes of the guest's changes when it stops.</summary>
    [Parameter]
    public DeltaPolicy Delta { get; set; }

    /// <summary>Run when the guest is asked to end, before everything in it is: a program and its arguments.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyString]
    public string[] StopCommand { get; set; } = [];

    /// <summary>The run level of a guest whose init is SysV.</summary>
    [Parameter]
    [ValidateRange(1, 5)]
    public int RunLevel { get; set; } = 3;

    /// <summary>When it is started again after it ended by itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public RestartPolicy Restart { get; set; }

    /// <summary>How many restarts and reboots there may be within the period; one more, and it stays stopped.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int RestartLimit { get; set; } = 5;

    /// <summary>The period, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int RestartPeriodSec { get; set; } = 60;

    /// <summary>What a reboot or halt from inside does.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public RebootPolicy Reboot { get; set; }

    /// <summary>When many guests are started or stopped: those of a higher priority start earlier and stop later.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(-1000, 1000)]
    public int Priority { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        string? tree = Path is null ? null : ShellPath.Resolve(Path, SessionState.Path, ErrorIds.TreeInvalid);
        CheckRequest();
        foreach (string name in Name)
        {
            Attempt(name, () => Make(name, tree));
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

    private void Make(string name, string? tree)
    {
        CheckName(name, Template?.Store);
        if (!ShouldProcess(name, tree is null ? $"Make a guest from template {Template}" : $"Make a guest of the tree {tree}"))
        {
            return;
        }

        StoreSession session = SessionForNew(Template?.Store);
        WriteObject(Work($"Making {name}", work => session.Guests.Get(session.GuestMaker.Create(Request(name, tree, work), work.Stopping))));
    }

    private NewGuest Request(string name, string? tree, WorkContext work) => new()
    {
        Name = name,
        Template = Template?.Name,
        Tree = tree,
        HostName = HostName,
        TrustGroup = TrustGroup,
        Privileged = Privileged,
        Init = Init,
        Command = Command,
        Network = Network,
        Delta = Delta,
        Priority = Priority,
        StopCommand = StopCommand,
        RunLevel = RunLevel,
        Restart = Restart,
        RestartLimit = RestartLimit,
        RestartPeriodSec = RestartPeriodSec,
        Reboot = Reboot,
        Progress = work.Progress,
    };
}
