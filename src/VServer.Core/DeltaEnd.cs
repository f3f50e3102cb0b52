namespace VServer;

/// <summary>What becomes of a guest's delta when somebody stops the guest.</summary>
public enum DeltaEnd
{
    /// <summary>What the guest's configuration says.</summary>
    ByPolicy,

    /// <summary>It is folded into the guest's tree.</summary>
    Settle,

    /// <summary>It is dropped: the tree is as it was before.</summary>
    Discard,
}
