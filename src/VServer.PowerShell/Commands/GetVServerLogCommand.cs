using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Commands;

/// <summary>Get-VServerLog: what guests wrote to their consoles.</summary>
[Cmdlet(VerbsCommon.Get, "VServerLog")]
[OutputType(typeof(GuestLogLine))]
public sealed class GetVServerLogCommand : GuestCommand
{
    private readonly List<FoundGuest> followed = [];

    /// <summary>How many lines, the last ones, to give; all when not given.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Tail { get; set; } = int.MaxValue;

    /// <summary>Goes on with each line as it is written, until Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <inheritdoc/>
    private protected override void Process(StoreSession session, Guest guest)
    {
        if (Follow)
        {
            followed.Add(new FoundGuest(session, guest));
            return;
        }

        foreach (string line in session.Log.Read(session.Store.ConsolePath(guest.Name)).TakeLast(Tail))
        {
            WriteObject(new GuestLogLine(guest.Name, line));
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (followed.Count > 0)
        {
            Work("Following logs", work => ThreadPerItem.Run(followed.Count, followed.Count, number => FollowOne(followed[number], work), work.Stopping));
        }
    }

    private void FollowOne(FoundGuest found, WorkContext work) => found.Session.Log.Follow(
        found.Session.Store.ConsolePath(found.Guest.Name),
        Tail,
        line => work.Post(() => WriteObject(new GuestLogLine(found.Guest.Name, line))),
        work.Stopping);
}
