using System.Management.Automation;
using VServer.Binding;
using VServer.Errors;
using VServer.Hosting;
using VServer.Ports;

namespace VServer.Commands;

/// <summary>Enter-VServer: a terminal in a guest.</summary>
[Cmdlet(VerbsCommon.Enter, "VServer", SupportsShouldProcess = true)]
public sealed class EnterVServerCommand : VServerCommand
{
    // What a program that is killed leaves switched on: another screen, keys and mouse as it wants them, no cursor, colours. What is off
    // already stays so, and the cursor where it is.
    private const string PlainTerminal = "\e[?1047l\e[?25h\e[?1l\e>\e[?1000l\e[?1002l\e[?1003l\e[?1006l\e[?2004l\e[0m";

    /// <summary>The guest.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    [ValidateNotNull]
    public VServerIdentity? Name { get; set; }

    /// <summary>A program of the guest and its arguments; the user's login shell when not given.</summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    [Alias("Command")]
    [ValidateNotNull]
    [AllowEmptyString]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>A user of the guest, by name or number.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>Starts a stopped guest for this alone.</summary>
    [Parameter]
    public SwitchParameter Ephemeral { get; set; }

    /// <summary>Drops what was changed in it; means -Ephemeral.</summary>
    [Parameter]
    public SwitchParameter Discard { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        StoreSession session = Session(Name?.Store);
        string guest = session.Store.ReadGuest(Name?.Name ?? "").Name;
        CheckTerminal(guest);
        if (ShouldProcess(guest, "Enter"))
        {
            SessionState.PSVariable.Set("global:LASTEXITCODE", Run(session, guest).ExitCode);
        }
    }

    private CommandEnd Run(StoreSession session, string guest)
    {
        CommandEnd? end = null;
        try
        {
            end = Work($"In {guest}", work => session.Guests.Execute(guest, Order, work.Stopping));
            return end;
        }
        finally
        {
            if (end is null or { Signal: not 0 })
            {
                Console.Write(PlainTerminal);
            }
        }
    }

    private static void CheckTerminal(string guest)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            throw new VServerException(
                ErrorIds.CommandFailed,
                ErrorKind.InvalidOperation,
                guest,
                $"Entering the guest '{guest}' needs a terminal, and this session's input or output is none. Use Invoke-VServerCommand {guest} to run something without one.");
        }
    }

    private CommandOrder Order(GuestPlace place, Guests.GuestConfig config) => new()
    {
        Place = place,
        Config = config,
        Arguments = ArgumentList.Length > 0 ? ArgumentList : GuestShell.Login,
        Environment = new Dictionary<string, string> { ["TERM"] = Environment.GetEnvironmentVariable("TERM") ?? "dumb" },
        User = User,
        Terminal = true,
        Ephemeral = Ephemeral || Discard,
        Discard = Discard,
    };
}
