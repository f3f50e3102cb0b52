using System.Collections;
using System.Management.Automation;
using VServer.Guests;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Set-VServer: changes what the host knows of guests.</summary>
[Cmdlet(VerbsCommon.Set, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(Guest))]
public sealed class SetVServerCommand : GuestCommand
{
    /// <summary>What it is for, in your words.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string Description { get; set; } = "";

    /// <summary>The host name seen inside.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string HostName { get; set; } = "";

    /// <summary>Which guests it may share files with.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string TrustGroup { get; set; } = "";

    /// <summary>Gives private copies first of what is shared with guests that files must not be shared with any more.</summary>
    [Parameter]
    public SwitchParameter Unshare { get; set; }

    /// <summary>Whether its files are never links to inodes of others.</summary>
    [Parameter]
    public SwitchParameter SeparateInodes { get; set; }

    /// <summary>What is process 1.</summary>
    [Parameter]
    public InitStyle Init { get; set; }

    /// <summary>The guest's own program and its arguments; an empty array for none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [ValidateNotNull]
    public string[] Command { get; set; } = [];

    /// <summary>Environment of process 1; an empty table for none.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary Environment { get; set; } = new Hashtable();

    /// <summary>Which network it sees.</summary>
    [Parameter]
    public NetworkMode Network { get; set; }

    /// <summary>Whether the guest's root is the host's root: no user namespace.</summary>
    [Parameter]
    public SwitchParameter Privileged { get; set; }

    /// <summary>What becomes of the guest's changes when it stops.</summary>
    [Parameter]
    public DeltaPolicy Delta { get; set; }

    /// <summary>When many guests are started or stopped: those of a higher priority start earlier and stop later.</summary>
    [Parameter]
    [ValidateRange(-1000, 1000)]
    public int Priority { get; set; }

    /// <summary>Path rules of the guest, for files that are never shared; an empty array for none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public string[] Exclude { get; set; } = [];

    /// <summary>Emits the guests as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(StoreSession session, Guest guest)
    {
        GuestChange change = Change();
        Work($"Checking {guest.Name}", work =>
        {
            session.GuestEditor.Check(guest.Name, change, work.Stopping);
            return true;
        });
        if (!ShouldProcess(guest.Name, $"Set {string.Join(", ", Asked())}"))
        {
            return;
        }

        Guest changed = Work($"Setting {guest.Name}", work =>
        {
            session.GuestEditor.Change(guest.Name, change, work.Stopping);
            return session.Guests.Get(guest.Name);
        });
        if (PassThru)
        {
            WriteObject(changed);
        }
    }

    private GuestChange Change() => new()
    {
        Description = IsGiven(nameof(Description)) ? Description : null,
        HostName = IsGiven(nameof(HostName)) ? HostName : null,
        TrustGroup = IsGiven(nameof(TrustGroup)) ? TrustGroup : null,
        Unshare = Unshare,
        SeparateInodes = IsGiven(nameof(SeparateInodes)) ? SeparateInodes.ToBool() : null,
        Init = IsGiven(nameof(Init)) ? Init : null,
        Command = IsGiven(nameof(Command)) ? Command : null,
        Environment = IsGiven(nameof(Environment)) ? Environment.Cast<DictionaryEntry>().ToDictionary(static pair => $"{pair.Key}", static pair => $"{pair.Value}") : null,
        Network = IsGiven(nameof(Network)) ? Network : null,
        Privileged = IsGiven(nameof(Privileged)) ? Privileged.ToBool() : null,
        Delta = IsGiven(nameof(Delta)) ? Delta : null,
        Priority = IsGiven(nameof(Priority)) ? Priority : null,
        Exclude = IsGiven(nameof(Exclude)) ? Exclude : null,
    };

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    // The parameters that say what is to be different, as the user named them.
    private IEnumerable<string> Asked() =>
        typeof(GuestChange).GetProperties().Select(static property => property.Name).Where(IsGiven);
}
