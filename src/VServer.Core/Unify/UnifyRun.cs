using VServer.Packages;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>What the threads of one run have in common.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Trees">Opens trees.</param>
/// <param name="ReferenceTree">Absolute path of the reference's tree.</param>
/// <param name="Guests">The guests taking part.</param>
/// <param name="Packages">The packages that candidates point into.</param>
/// <param name="Rules">Which paths may be shared, for guests without rules of their own.</param>
/// <param name="Journal">Where intents are written; null under -WhatIf.</param>
internal sealed record UnifyRun(
    UnifyRequest Request,
    ITreeHost Trees,
    string ReferenceTree,
    IReadOnlyList<UnifyGuest> Guests,
    IReadOnlyList<InstalledPackage> Packages,
    PathRules Rules,
    Journal? Journal)
{
    /// <summary>Which files are known to differ.</summary>
    public required DigestMemory Memory { get; init; }

    /// <summary>Keeps threads apart that meet one inode of the reference in several folders.</summary>
    public InodeGates ReferenceGates { get; } = new();

    /// <summary>The same for inodes of guests; taken after the reference's.</summary>
    public InodeGates GuestGates { get; } = new();

    /// <summary>True when a shared inode is to get a seal that it has not: it was shared with another guard, or a run was interrupted.</summary>
    public bool LacksSeal(in FileFacts shared) =>
        Journal is not null && Request.Guard.HasFlag(UnifyGuard.Immutable) && !shared.Flags.HasFlag(InodeFlags.Immutable);
}
