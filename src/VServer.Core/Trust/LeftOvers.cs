using VServer.Errors;
using VServer.Guests;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Trust;

/// <summary>What interrupted runs have left in a store: their journals and staging folders. Those of runs that are alive are none.</summary>
internal sealed class LeftOvers
{
    private const string Journals = ".journal";
    private const string Stagings = ".staging";

    private readonly HashSet<string> alive = [];
    private readonly List<string> dead = [];

    /// <summary>Looks at every journal.</summary>
    public LeftOvers(Store store, IGuestHost host)
    {
        foreach (string token in Tokens(store, Journals))
        {
            IReadOnlyList<JournalRecord> records = JournalRecord.ReadAll(store.Host.TryRead($"{store.JournalFolder}/{token}{Journals}"));
            bool isAlive = records.Select(static record => record.Tree).Distinct().Where(GuestName.IsValid).Any(name => IsTaken(store.Place(name), host));
            if (isAlive)
            {
                alive.Add(token);
            }
            else
            {
                dead.Add($"{token}{Journals}");
            }
        }

        // A staging folder without a journal is what its run could not remove.
        dead.AddRange(Tokens(store, Stagings).Where(token => !alive.Contains(token)).Select(static token => token + Stagings));
    }

    /// <summary>File names of what is left in the journal folder.</summary>
    public IReadOnlyList<string> Names => dead;

    /// <summary>True for a temporary name whose run is over.</summary>
    public bool IsLeftOver(UnixPath name) => Journal.TokenOf(name) is { } token && !alive.Contains(token);

    private static IEnumerable<string> Tokens(Store store, string suffix) =>
        store.Host.ListFiles(store.JournalFolder, suffix).Select(file => file[..^suffix.Length]);

    private static bool IsTaken(GuestPlace place, IGuestHost host)
    {
        try
        {
            host.Reserve(place, shared: true).Dispose();
            return false;
        }
        catch (VServerException failure) when (failure.ErrorId is ErrorIds.GuestBusy or ErrorIds.GuestRunning)
        {
            return true;
        }
    }
}
