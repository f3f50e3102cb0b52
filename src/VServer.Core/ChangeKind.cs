namespace VServer;

/// <summary>What became of a file of a guest since its tree was last settled.</summary>
public enum ChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It has other content, or is of another type.</summary>
    Modified,

    /// <summary>It has another name or is in another folder. A folder brings all that is in it along.</summary>
    Renamed,

    /// <summary>Its content is as it was; its mode, owner, time or an attribute is not.</summary>
    Metadata,
}
