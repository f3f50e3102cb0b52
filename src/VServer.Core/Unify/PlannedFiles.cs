using VServer.Errors;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// The files of a plan that is replayed. A plan is a stranger's word: it only filters what the walk of the reference finds, and every gate
/// is asked again, so that it can lead to no file that a run without it would not share. Safe for several threads.
/// </summary>
internal sealed class PlannedFiles
{
    private readonly Dictionary<(string Guest, UnixPath Path), int> numbers = [];
    private readonly HashSet<UnixPath> paths = [];
    private readonly HashSet<InodeKey> kept = [];
    private readonly IReadOnlyList<UnifyPlanEntry> entries;
    private readonly bool[] met;

    /// <summary>Takes a plan whose every name and path could be meant.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PlanInvalid"/>; nothing was changed.</exception>
    public PlannedFiles(UnifyPlan plan, Store store)
    {
        if (plan.StoreId != store.Id)
        {
            throw Invalid(plan, $"it was made for the store '{plan.Store}' ({plan.StoreId}), and '{store.Path}' is another ({store.Id})");
        }

        entries = plan.Entries;
        met = new bool[entries.Count];
        HashSet<string> guests = [.. plan.Guests];
        for (int index = 0; index < entries.Count; index++)
        {
            UnifyPlanEntry entry = entries[index];
            if (!guests.Contains(entry.Guest) || !GuestName.IsValid(entry.Guest))
            {
                throw Invalid(plan, $"it names a file of '{entry.Guest}', which is none of its guests");
            }

            if (!UnixPath.TryParseDisplay(entry.Path, out UnixPath path))
            {
                throw Invalid(plan, $"'{entry.Path}' is no path inside a guest");
            }

            numbers[(entry.Guest, path)] = index;
            paths.Add(path);
            kept.Add(KeyOf(entry));
        }
    }

    /// <summary>True when the plan has the file for any guest.</summary>
    public bool Has(UnixPath path) => paths.Contains(path);

    /// <summary>True when the plan has an inode as one that stays.</summary>
    public bool Keeps(in FileFacts facts) => kept.Contains(facts.Key);

    /// <summary>True when the plan has the file for this guest.</summary>
    public bool Has(string guest, UnixPath path) => numbers.ContainsKey((guest, path));

    /// <summary>The inode that stays for a file; null when the plan does not have the file.</summary>
    public InodeKey? KeptFor(string guest, UnixPath path) => numbers.TryGetValue((guest, path), out int number) ? KeyOf(entries[number]) : null;

    /// <summary>True when the plan has the file for this guest; it counts as met then.</summary>
    public bool Meet(string guest, UnixPath path)
    {
        bool found = numbers.TryGetValue((guest, path), out int number);
        if (found)
        {
            met[number] = true;
        }

        return found;
    }

    /// <summary>What changed since the plan was made; null when nothing did. Other names given to an inode or taken from it are no change.</summary>
    public string? Change(string guest, UnixPath path, in FileFacts reference, FileFacts? now)
    {
        UnifyPlanEntry entry = entries[numbers[(guest, path)]];
        if (now is not { } facts)
        {
            return "the guest's file is gone since the plan was made";
        }

        if (facts.IsSameInode(reference))
        {
            return null;
        }

        bool referenceIsStill = reference.Key == KeyOf(entry)
            && IsStill(reference, entry.Size, entry.ReferenceLinks, entry.ReferenceModified, entry.ReferenceChanged);
        return !referenceIsStill ? "the file that stays changed since the plan was made"
            : facts.Key != new InodeKey(entry.Device, entry.Inode) || !IsStill(facts, entry.Size, entry.Links, entry.Modified, entry.Changed)
            ? "the guest's file changed since the plan was made"
            : null;
    }

    /// <summary>Counts and tells the entries of a guest that the walk did not come upon: the file is not there any more, or it may not be shared.</summary>
    public GuestTally CountUnmet(string guest, Action<UnifyFile>? files)
    {
        GuestTally tally = new();
        foreach (((_, UnixPath path), int number) in numbers.Where(entry => entry.Key.Guest == guest && !met[entry.Value]))
        {
            tally.CountSkipped(SkipReason.Changed);
            files?.Invoke(new UnifyFile
            {
                Guest = guest,
                Path = path,
                Reason = SkipReason.Changed,
                Size = entries[number].Size,
                Detail = "there is no such file any more that may be shared",
            });
        }

        return tally;
    }

    private static InodeKey KeyOf(UnifyPlanEntry entry) => new(entry.ReferenceDevice, entry.ReferenceInode);

    private static bool IsStill(in FileFacts now, long size, uint links, string modified, string changed) =>
        now.Size == size
        && now.Modified.ToString() == modified
        && (now.Changed.ToString() == changed || now.LinkCount != links);

    private static VServerException Invalid(UnifyPlan plan, string why) => new(
        ErrorIds.PlanInvalid,
        ErrorKind.InvalidData,
        plan.Store,
        $"The plan cannot be replayed, and nothing was changed: {why}. Make a new one with Invoke-VServerUnify -Plan.");
}
