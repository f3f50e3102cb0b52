using System.Collections;
using System.Management.Automation;
using VServer.Binding;
using VServer.Hosting;
using VServer.Ports;

namespace VServer.Commands;

/// <summary>Invoke-VServerCommand: runs a program in guests.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VServerCommand", SupportsShouldProcess = true, DefaultParameterSetName = Script)]
[OutputType(typeof(string), typeof(byte), typeof(CommandResult))]
public sealed class InvokeVServerCommandCommand : VServerCommand
{
    private const string Script = "ScriptBlock";
    private const string Program = "ArgumentList";
    private const string PipedScript = "PipedScriptBlock";
    private const string PipedProgram = "PipedArgumentList";

    private readonly CommandInput input = new();
    private readonly List<VServerIdentity> piped = [];
    private CommandEnd?[] ends = [];
    private bool hasBegun;
    private RunningWork<bool>? running;

    /// <summary>The guests.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = Script)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = Program)]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [];

    /// <summary>Guests that the pipeline brings, so that the script can be the first argument.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PipedScript)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PipedProgram)]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Guest { get; set; } = [];

    /// <summary>Text for the guest's pwsh, or for its sh when it has none.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = Script)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipedScript)]
    [ValidateNotNull]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>What the script gets as its arguments.</summary>
    [Parameter(ParameterSetName = Script)]
    [Parameter(ParameterSetName = PipedScript)]
    [ValidateNotNull]
    [AllowEmptyString]
    public string[] ScriptArgument { get; set; } = [];

    /// <summary>A program of the guest and its arguments.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Program)]
    [Parameter(Mandatory = true, ParameterSetName = PipedProgram)]
    [ValidateNotNull]
    [AllowEmptyString]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>What the program reads from its stdin.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = Script)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = Program)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>A user of the guest, by name or number.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>Folder inside the guest to start in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <summary>Environment variables for the program.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary Environment { get; set; } = new Hashtable();

    /// <summary>Seconds the program may run before it is ended.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    /// <summary>Starts a stopped guest for this program alone.</summary>
    [Parameter]
    public SwitchParameter Ephemeral { get; set; }

    /// <summary>Drops what the program changed; means -Ephemeral.</summary>
    [Parameter]
    public SwitchParameter Discard { get; set; }

    /// <summary>Emits one object a guest, with exit code and all that was written.</summary>
    [Parameter]
    public SwitchParameter AsResult { get; set; }

    /// <summary>Emits stdout byte by byte instead of as lines of text.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>With -AsByteStream: how many bytes are emitted at a time, as one array; 1 for single bytes, 0 for all of a guest's in one.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ReadCount { get; set; } = 1;

    /// <summary>In how many guests the program runs at once.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 16;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        running?.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (Guest.Length > 0)
        {
            piped.AddRange(Guest);
        }
        else if (InputObject is not null)
        {
            Begin();
            input.Add(InputObject);
            running?.Tell();
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        Begin();
        input.Complete();
        running?.Finish();
        TellExitCode();
    }

    // With the first object of the pipeline, or at its end when it brings none.
    private void Begin()
    {
        if (hasBegun)
        {
            return;
        }

        hasBegun = true;
        IReadOnlyList<string> program = ScriptBlock is null ? ArgumentList : GuestShell.Run(ScriptBlock, ScriptArgument);
        IEnumerable<VServerIdentity> asked = piped.Count > 0 ? piped : Name;
        FoundName[] guests = [.. NameFinder.Find(asked, Session, static session => session.Store.GuestNames()).Where(Confirm)];
        if (guests.Length > 0)
        {
            bool hasInput = piped.Count == 0 && MyInvocation.ExpectingInput;
            Stream?[] streams = [.. guests.Select(_ => hasInput ? input.Open() : null)];
            ends = new CommandEnd?[guests.Length];
            running = StartWork($"Running in {string.Join(", ", guests.Take(3).Select(static found => found.Name))}", work => RunTogether(work, guests, streams, program));
        }
    }

    private bool Confirm(FoundName found) => Attempt(found.Name, () => found.Session.Store.ReadGuest(found.Name))
        && ShouldProcess(found.Name, $"Run {ScriptBlock?.ToString().Trim() ?? string.Join(' ', ArgumentList)}");

    // Bytes of two programs at once would make no sense to anybody.
    private bool RunTogether(WorkContext work, FoundName[] guests, Stream?[] streams, IReadOnlyList<string> program)
    {
        RunEach(
            work,
            [.. guests.Select(static found => found.Name)],
            AsByteStream ? 1 : ThrottleLimit,
            new WorkProgress(0, guests.Length, 0, ""),
            number => RunOne(work, guests[number], streams[number], program, ref ends[number]));
        return true;
    }

    // Lines are said as they come; what is said of a guest as a whole is given back, to be said in the order of the guests.
    private Action RunOne(WorkContext work, FoundName found, Stream? stream, IReadOnlyList<string> program, ref CommandEnd? end)
    {
        if (AsResult)
        {
            using CommandRecord record = new();
            CommandEnd ended = Run(work, found, stream, program, record.TakeOutput, record.TakeErrors);
            CommandResult result = record.Finish(found.Name, ended);
            end = ended;
            return () => WriteObject(result);
        }

        CommandLines lines = new(found.Name, work.Post, WriteObject, WriteErrorLine);
        ByteChunks chunks = new(ReadCount, bytes => work.Post(() => WriteObject(bytes, enumerateCollection: ReadCount == 1)));
        end = Run(work, found, stream, program, AsByteStream ? chunks.Take : lines.TakeOutput, lines.TakeErrors);
        chunks.Finish();
        lines.Finish();
        return static () => { };
    }

    private CommandEnd Run(
        WorkContext work, FoundName found, Stream? stream, IReadOnlyList<string> program, Action<ReadOnlyMemory<byte>> output, Action<ReadOnlyMemory<byte>> errors) =>
        found.Session.Guests.Execute(
            found.Name,
            (place, config) => new CommandOrder
            {
                Place = place,
                Config = config,
                Arguments = program,
                Environment = EnvironmentTable.ToText(Environment),
                User = User,
                WorkingFolder = WorkingDirectory,
                TimeLimit = TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) : null,
                Ephemeral = Ephemeral || Discard,
                Discard = Discard,
                Input = stream,
                Output = output,
                ErrorOutput = errors,
            },
            work.Stopping);

    // Of several, the first that says that something went wrong.
    private void TellExitCode()
    {
        CommandEnd[] known = [.. ends.OfType<CommandEnd>()];
        CommandEnd? telling = known.FirstOrDefault(static end => end.ExitCode != 0) ?? known.FirstOrDefault();
        if (telling is not null)
        {
            SessionState.PSVariable.Set("global:LASTEXITCODE", telling.ExitCode);
        }
    }

    // A line on stderr is no failure, so, as with native commands, a preference of Stop does not end the command; -ErrorAction does.
    private void WriteErrorLine(string guest, string line)
    {
        bool asked = MyInvocation.BoundParameters.ContainsKey("ErrorAction");
        if (!asked && $"{SessionState.PSVariable.GetValue("ErrorActionPreference")}" == nameof(ActionPreference.Stop))
        {
            Host.UI.WriteErrorLine(line);
        }
        else
        {
            WriteError(ErrorRecords.FromLine(line, guest));
        }
    }
}
