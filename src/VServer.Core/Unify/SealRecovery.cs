using VServer.Ports;

namespace VServer.Unify;

/// <summary>Puts guards back that a killed run had lifted.</summary>
internal static class SealRecovery
{
    /// <summary>Seals every inode that a journal names and that is still there; those that one guest has alone stay open where the journal says so.</summary>
    /// <param name="store">Any folder of the file system.</param>
    /// <param name="records">The journal.</param>
    public static void Run(IFolder store, IEnumerable<JournalRecord> records)
    {
        foreach (JournalRecord record in records.Where(static record => record.Kind is 'S' or 'U'))
        {
            using IFile? file = store.TryOpenHandle(Convert.FromHexString(record.Folder.ToString().TrimStart('/')));
            if (file is not null && (record.Kind == 'S' || file.Facts.LinkCount > 1))
            {
                file.ChangeFlags(InodeFlags.Immutable, InodeFlags.None);
            }
        }
    }
}
