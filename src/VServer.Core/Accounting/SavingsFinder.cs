using VServer.Guests;
using VServer.Unify;

namespace VServer.Accounting;

/// <summary>
/// Says what unify would still save: by doing all of its work but the last step, so that every number comes from files compared byte by byte.
/// Only files that are not shared yet are read.
/// </summary>
public sealed class SavingsFinder(Store store, UnifyService unify)
{
    /// <summary>Completes guests' usages; templates and guests that run stay as they are.</summary>
    /// <param name="usages">What was measured.</param>
    /// <param name="reference">The guest or template to share with; null to compare by content.</param>
    /// <param name="scope">Which files may be shared.</param>
    /// <param name="progress">Gets how far it is; null when nobody asks.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Errors.VServerException">The reference cannot be used.</exception>
    public IReadOnlyList<Usage> Complete(
        IReadOnlyList<Usage> usages, string? reference, UnifyScope scope, Action<WorkProgress>? progress, CancellationToken cancellation)
    {
        string[] wanted = [.. usages.Where(usage => !usage.IsTemplate && usage.Name != reference).Select(static usage => usage.Name)];
        if (wanted.Length == 0)
        {
            return usages;
        }

        UnifyRequest request = new()
        {
            Reference = reference,
            // By content a guest shares with any other, those that were not asked about too.
            Guests = scope == UnifyScope.Content ? store.GuestNames() : wanted,
            Scope = scope,
            WhatIf = true,
            Progress = progress,
        };
        Dictionary<string, UnifyResult> results = unify.Unify(request, cancellation)
            .Where(static result => !result.Skipped.ContainsKey(SkipReason.Running))
            .ToDictionary(static result => result.Guest);
        return [.. usages.Select(usage => wanted.Contains(usage.Name) && results.TryGetValue(usage.Name, out UnifyResult? result)
            ? usage with { SavableBytes = result.SavedBytes, SavableFiles = result.Linked }
            : usage)];
    }
}
