using System.Management.Automation;
using VServer.Binding;
using VServer.Guests;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Set-VServer: changes what the host knows of guests.</summary>
[Cmdlet(VerbsCommon.Set, "VServer", SupportsShouldProcess = true)]
[OutputType(typeof(Guest))]
public sealed class SetVServerCommand : GuestCommand, IDynamicParameters
{
    private readonly GuestParameters settings = new();
    private readonly MountAdvice advice = new();

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

    /// <summary>Path rules of the guest, for files that are never shared; an empty array for none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ValidateNotNull]
    public string[] Exclude { get; set; } = [];

    /// <summary>Emits the guests as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What could be set when the guest was made.</summary>
    public object GetDynamicParameters() => settings;

    /// <inheritdoc/>
    private protected override void Process(StoreSession session, Guest guest)
    {
        GuestChange change = Change();
        Work($"Checking {guest.Name}", work => session.GuestEditor.Check(guest.Name, change, work.Stopping));
        advice.Give(change.Mount, Parts.Stores, WriteWarning);
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

    private GuestChange Change() => settings.Fill(
        new GuestChange
        {
            HostName = IsGiven(nameof(HostName)) ? HostName : null,
            TrustGroup = IsGiven(nameof(TrustGroup)) ? TrustGroup : null,
            Unshare = Unshare,
            SeparateInodes = IsGiven(nameof(SeparateInodes)) ? SeparateInodes.ToBool() : null,
            Exclude = IsGiven(nameof(Exclude)) ? Exclude : null,
        },
        MyInvocation.BoundParameters,
        SessionState.Path);

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    // The parameters that say what is to be different, as the user named them.
    private IEnumerable<string> Asked() =>
        typeof(GuestChange).GetProperties().Select(static property => property.Name).Where(IsGiven);
}
