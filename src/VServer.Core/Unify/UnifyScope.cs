namespace VServer.Unify;

/// <summary>Which files may be shared.</summary>
public enum UnifyScope
{
    /// <summary>Files of packages that both have at the same version and architecture.</summary>
    Package,

    /// <summary>Any equal file at the same path.</summary>
    Tree,

    /// <summary>Any equal files at any paths, among the guests themselves.</summary>
    Content,
}
