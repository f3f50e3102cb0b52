using VServer.Errors;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Makes plans of what a run would do, and requests of plans.</summary>
internal static class PlanMaker
{
    /// <summary>One file of a plan.</summary>
    public static UnifyPlanEntry Entry(string guest, UnixPath path, in FileFacts facts, in FileFacts reference) => new()
    {
        Guest = guest,
        Path = path.ToString(),
        Device = facts.Device,
        Size = facts.Size,
        Inode = facts.Inode,
        Links = facts.LinkCount,
        Modified = facts.Modified.ToString(),
        Changed = facts.Changed.ToString(),
        ReferenceInode = reference.Inode,
        ReferenceLinks = reference.LinkCount,
        ReferenceModified = reference.Modified.ToString(),
        ReferenceChanged = reference.Changed.ToString(),
    };

    /// <summary>A plan of all that was found, in an order that does not hang on which thread was quick.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PlanInvalid"/>: by content there is no plan.</exception>
    public static UnifyPlan Plan(Store store, UnifyRequest request, IEnumerable<UnifyPlanEntry> entries) => new()
    {
        Store = store.Path,
        StoreId = store.Id,
        Reference = request.Reference ?? throw new VServerException(
            ErrorIds.PlanInvalid,
            ErrorKind.InvalidArgument,
            null,
            "By content there is no reference that a plan could name. Plan by package or tree, or look with -WhatIf -Detailed."),
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
            Path = planned.Has,
            Planned = planned,
        };
    }
}
