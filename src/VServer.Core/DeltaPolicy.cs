namespace VServer;

/// <summary>What becomes of a guest's delta when the guest ends.</summary>
public enum DeltaPolicy
{
    /// <summary>It is folded back into the guest's tree.</summary>
    Settle,

    /// <summary>It stays beside the tree, and the next start goes on from it.</summary>
    Keep,
}
