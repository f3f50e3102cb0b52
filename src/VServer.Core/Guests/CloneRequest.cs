using VServer.Unify;

namespace VServer.Guests;

/// <summary>Guests to be made like a reference.</summary>
/// <param name="Reference">The guest or template.</param>
/// <param name="Guests">Their configurations, as they will be when they are complete, and who they are.</param>
/// <param name="TrustGroup">The reference's trust group: a guest in another gets no links.</param>
internal sealed record CloneRequest(string Reference, IReadOnlyList<(GuestConfig Config, GuestIdentity Identity)> Guests, string TrustGroup)
{
    /// <summary>Addresses that were asked for; empty for free ones, where a guest is on a network.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public UnifyScope Scope { get; init; }

    public UnifyGuard Guard { get; init; } = UnifyGuard.MayUnlink;

    public bool WhatIf { get; init; }

    public Action<CopyFile>? Files { get; init; }

    public Action<WorkProgress>? Progress { get; init; }

    /// <summary>The guests' names, for messages.</summary>
    public string Names => string.Join(", ", Guests.Select(static guest => guest.Config.Name));
}
