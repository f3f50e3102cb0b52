namespace VServer;

/// <summary>What can be found wrong with a guest or a store: a closed set, to group by.</summary>
public enum FindingKind
{
    /// <summary>There is a configuration and no tree.</summary>
    TreeMissing,

    /// <summary>The configuration cannot be read.</summary>
    ConfigurationInvalid,

    /// <summary>Making or removing was interrupted.</summary>
    Incomplete,

    /// <summary>A folder in the store belongs to no guest or template.</summary>
    TreeUnknown,

    /// <summary>A run was interrupted, and what it left was not put right yet.</summary>
    JournalLeft,

    /// <summary>A temporary name of an interrupted run is still in a tree.</summary>
    TemporaryLeft,

    /// <summary>A file is shared with a guest or template of another trust group.</summary>
    OtherTrustGroup,

    /// <summary>A shared file has not the guard it should have.</summary>
    GuardMissing,

    /// <summary>A file of a package is not there.</summary>
    PackageFileMissing,

    /// <summary>A file of a package has another content than it was installed with.</summary>
    PackageFileChanged,

    /// <summary>A file of a package that the reference has, too, differs from the reference's.</summary>
    ReferenceDiffers,
}
