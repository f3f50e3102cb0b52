using System.Collections;
using System.Management.Automation;
using System.Text;
using VServer.Binding;
using VServer.Errors;
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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        input.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (Guest.Length > 0)
        {
            RunAll(Guest, null);
        }
        else if (InputObject is not null)
        {
            input.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        RunAll(Name, MyInvocation.ExpectingInput ? input : null);
    }

    private void RunAll(VServerIdentity[] guests, CommandInput? stdin)
    {
        foreach (FoundName found in NameFinder.Find(guests, Session, static session => session.Store.GuestNames()))
        {
            Attempt(found.Name, () => RunIn(found, stdin));
        }
    }

    private void RunIn(FoundName found, CommandInput? stdin)
    {
        found.Session.Store.ReadGuest(found.Name);
        if (ShouldProcess(found.Name, $"Run {ScriptBlock?.ToString().Trim() ?? string.Join(' ', ArgumentList)}"))
        {
            CommandEnd end = AsResult ? RunAsResult(found, stdin) : RunAsStreams(found, stdin);
            SessionState.PSVariable.Set("global:LASTEXITCODE", end.ExitCode);
        }
    }

    private CommandEnd RunAsResult(FoundName found, CommandInput? stdin)
    {
        using MemoryStream output = new();
        using MemoryStream errors = new();
        CommandEnd end = Run(found, stdin, (_, order) => order with
        {
            Output = bytes => output.Write(bytes.Span),
            ErrorOutput = bytes => errors.Write(bytes.Span),
        });
        WriteObject(new CommandResult
        {
            Guest = found.Name,
            ExitCode = end.ExitCode,
            Signal = end.Signal,
            TimedOut = end.TimedOut,
            Stdout = Encoding.UTF8.GetString(output.GetBuffer().AsSpan(0, (int)output.Length)),
            Stderr = Encoding.UTF8.GetString(errors.GetBuffer().AsSpan(0, (int)errors.Length)),
            Elapsed = end.Elapsed,
        });
        return end;
    }

    private CommandEnd RunAsStreams(FoundName found, CommandInput? stdin)
    {
        LineSplitter output = new();
        LineSplitter errors = new();
        CommandEnd end = Run(found, stdin, (work, order) => order with
        {
            Output = AsByteStream ? bytes => PostBytes(work, bytes) : bytes => Post(work, output.Add(bytes.Span), WriteObject),
            ErrorOutput = bytes => Post(work, errors.Add(bytes.Span), line => WriteErrorLine(found.Name, line)),
        });
        Array.ForEach([.. output.End()], WriteObject);
        Array.ForEach([.. errors.End()], line => WriteErrorLine(found.Name, line));
        return end;
    }

    private CommandEnd Run(FoundName found, CommandInput? stdin, Func<WorkContext, CommandOrder, CommandOrder> complete)
    {
        using Stream? stream = stdin?.Open();
        return Work($"Running in {found.Name}", work => found.Session.Guests.Execute(
            found.Name,
            (place, config) => complete(work, new CommandOrder
            {
                Place = place,
                Config = config,
                Arguments = ScriptBlock is null ? ArgumentList : GuestShell.Run(ScriptBlock.ToString()),
                Environment = EnvironmentTable.ToText(Environment),
                User = User,
                WorkingFolder = WorkingDirectory,
                TimeLimit = TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) : null,
                Ephemeral = Ephemeral || Discard,
                Discard = Discard,
                Input = stream,
            }),
            work.Stopping));
    }

    private void PostBytes(WorkContext work, ReadOnlyMemory<byte> bytes)
    {
        // The buffer is filled again as soon as this returns.
        byte[] copy = bytes.ToArray();
        work.Post(() => WriteObject(copy, enumerateCollection: true));
    }

    private static void Post(WorkContext work, IReadOnlyList<string> lines, Action<string> write)
    {
        if (lines.Count > 0)
        {
            work.Post(() => Array.ForEach([.. lines], write));
        }
    }

    // A line on stderr is no failure, so, as with native commands, a preference of Stop does not end the command; -ErrorAction does.
    private void WriteErrorLine(string guest, string line)
    {
        bool asked = MyInvocation.BoundParameters.ContainsKey("ErrorAction");
        if (!asked && $"{SessionState.PSVariable.GetValue("ErrorActionPreference")}" == nameof(ActionPreference.Stop))
        {
            Host.UI.WriteErrorLine(line);
            return;
        }

        ErrorRecord record = new(new RemoteException(line), ErrorIds.GuestErrorOutput, ErrorCategory.FromStdErr, guest);

        // The type name has a view of its own, which shows the line and nothing around it.
        PSObject.AsPSObject(record).TypeNames.Insert(0, "VServer.GuestErrorOutput");
        WriteError(record);
    }
}
