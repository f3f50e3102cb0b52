using System.Text;
using VServer.Accounting;
using VServer.Errors;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Puts right what killed runs left behind. A journal that somebody holds belongs to a run that is alive.</summary>
public sealed class JournalRecovery(Store store, ITreeHost trees, IGuestHost host)
{
    /// <summary>Recovers every dead run's left-overs in the trees nobody works on; the counts are names removed, by tree.</summary>
    public IReadOnlyDictionary<string, long> Run(CancellationToken cancellation)
    {
        store.RemoveLeftOvers();
        Dictionary<string, long> removed = [];
        foreach (string file in store.Host.ListFiles(store.JournalFolder, ".journal"))
        {
            string path = $"{store.JournalFolder}/{file}";
            using IDisposable? hold = store.Host.TryHold(path);
            if (hold is not null && store.Host.TryRead(path) is { } content)
            {
                Recover(path, file[..^".journal".Length], JournalRecord.ReadAll(content), removed, cancellation);
            }
        }

        return removed;
    }

    private void Recover(string path, string token, IReadOnlyList<JournalRecord> records, Dictionary<string, long> removed, CancellationToken cancellation)
    {
        SealAgain(records);
        List<IDisposable> reservations = [];
        try
        {
            string[] names = [.. records.Select(record => record.Tree).Distinct().Where(GuestName.IsValid)];
            reservations.AddRange(names.Select(name => host.Reserve(store.Place(name), shared: false)));
            foreach (string name in names.Where(name => store.Host.FolderExists(store.TreePath(name))))
            {
                using IFolder root = trees.OpenRoot(store.TreePath(name));
                removed[name] = removed.GetValueOrDefault(name) + Sweep(root, Encoding.UTF8.GetBytes($".vs-{token}-"), cancellation);
                RestoreTimes(root, records.Where(record => record.Tree == name));
            }

            store.Host.DeleteTree(Journal.StagingFolder(store, token), cancellation);
            store.Host.DeleteFile(path);
        }
        catch (VServerException failure) when (failure.ErrorId is ErrorIds.GuestBusy or ErrorIds.GuestRunning)
        {
            // A guest of it was started since, or is being worked on: the run that finds it free recovers it.
        }
        finally
        {
            reservations.ForEach(reservation => reservation.Dispose());
        }
    }

    private void SealAgain(IReadOnlyList<JournalRecord> records)
    {
        using IFolder folder = trees.OpenRoot(store.Path);
        SealRecovery.Run(folder, records);
    }

    // The whole tree, not only the folders named: after a power loss the journal may lack its last records.
    private static long Sweep(IFolder root, byte[] prefix, CancellationToken cancellation)
    {
        long removed = 0;
        foreach (WalkedFolder folder in TreeWalk.Through(root, descends: null, cancellation))
        {
            foreach (FolderEntry entry in folder.Entries.Where(entry => entry.Facts.Kind != FileKind.Folder && entry.Name.Bytes.StartsWith(prefix)))
            {
                LiftedSeal.Unlink(folder.Folder, entry.Name, entry.Facts);
                removed++;
            }
        }

        return removed;
    }

    private static void RestoreTimes(IFolder root, IEnumerable<JournalRecord> records)
    {
        Dictionary<UnixPath, FileTime> unfinished = [];
        foreach (JournalRecord record in records)
        {
            if (record.Kind == 'F')
            {
                unfinished.TryAdd(record.Folder, record.Modified);
            }
            else if (record.Kind == 'D')
            {
                unfinished.Remove(record.Folder);
            }
        }

        foreach ((UnixPath path, FileTime modified) in unfinished)
        {
            using IFolder? folder = root.TryOpenFolder(path);
            folder?.SetModified(modified);
        }
    }
}
