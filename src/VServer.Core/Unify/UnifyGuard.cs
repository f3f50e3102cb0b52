namespace VServer.Unify;

/// <summary>What keeps a shared file from being changed by one guest.</summary>
[Flags]
public enum UnifyGuard
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The immutable flag on the inode: a guest cannot even replace the file.</summary>
    Immutable = 1,

    /// <summary>A guest can remove and replace the name, never change the inode: kept by the guests' copy-on-write root.</summary>
    MayUnlink = 2,
}
