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
            CommandEnd end = Work($"In {guest}", work => session.Guests.Execute(guest, Order, work.Stopping));
            SessionState.PSVariable.Set("global:LASTEXITCODE", end.ExitCode);
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
