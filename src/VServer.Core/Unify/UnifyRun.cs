using VServer.Packages;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>What the threads of one run have in common.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Trees">Opens trees.</param>
/// <param name="ReferenceTree">Absolute path of the reference's tree.</param>
/// <param name="Guests">The guests taking part.</param>
/// <param name="Packages">The packages that candidates point into.</param>
/// <param name="Journal">Where intents are written; null under -WhatIf.</param>
internal sealed record UnifyRun(
    UnifyRequest Request,
    ITreeHost Trees,
    string ReferenceTree,
    IReadOnlyList<UnifyGuest> Guests,
    IReadOnlyList<InstalledPackage> Packages,
    Journal? Journal)
{
    /// <summary>Which files are known to differ.</summary>
    public required DigestMemory Memory { get; init; }
}
