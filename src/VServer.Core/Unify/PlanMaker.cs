using VServer.Guests;

namespace VServer.Unify;

/// <summary>Makes plans of what a run would do, and requests of plans.</summary>
internal static class PlanMaker
{
    /// <summary>One file of a plan, and the one that stays.</summary>
    public static UnifyPlanEntry Entry(PlannedFile file, PlannedFile reference) => new()
    {
        Guest = file.Guest,
        Path = file.Path.ToString(),
        Device = file.Facts.Device,
        Size = file.Facts.Size,
        Inode = file.Facts.Inode,
        Links = file.Facts.LinkCount,
        Modified = file.Facts.Modified.ToString(),
        Changed = file.Facts.Changed.ToString(),
        ReferenceGuest = reference.Guest,
        ReferencePath = reference.Path.ToString(),
        ReferenceDevice = reference.Facts.Device,
        ReferenceInode = reference.Facts.Inode,
        ReferenceLinks = reference.Facts.LinkCount,
        ReferenceModified = reference.Facts.Modified.ToString(),
        ReferenceChanged = reference.Facts.Changed.ToString(),
    };

    /// <summary>A plan of all that was found, in an order that does not hang on which thread was quick.</summary>
    public static UnifyPlan Plan(Store store, UnifyRequest request, IEnumerable<UnifyPlanEntry> entries) => new()
    {
        Store = store.Path,
        StoreId = store.Id,
        Reference = request.Reference,
        Scope = request.Scope,
        Method = request.Method,
        Guard = request.Guard,
        Rules = request.Rules,
        IgnoreTime = request.IgnoreTime,
        Guests = request.Guests,
        Entries = [.. entries.OrderBy(static entry => entry.Guest, StringComparer.Ordinal).ThenBy(static entry => entry.Path, StringComparer.Ordinal)],
    };

    /// <summary>What to ask for to replay a plan for some of its guests.</summary>
    public static UnifyRequest Request(UnifyPlan plan, IReadOnlyList<string> guests, Store store)
    {
        PlannedFiles planned = new(plan, store);
        return new UnifyRequest
        {
            Reference = plan.Reference,
            Guests = guests,
            Scope = plan.Scope,
            Method = plan.Method,
            Guard = plan.Guard,
            Rules = plan.Rules,
            IgnoreTime = plan.IgnoreTime,
            // By content what a name leads to is asked for, too.
            Path = plan.Scope == UnifyScope.Content ? null : planned.Has,
            Planned = planned,
        };
    }
}
