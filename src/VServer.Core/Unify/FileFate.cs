namespace VServer.Unify;

/// <summary>What became of one file.</summary>
/// <param name="Reason">Why it was not shared; null when it was.</param>
/// <param name="Detail">What in particular; empty when there is nothing to add.</param>
/// <param name="Method">By what it is shared, when it is.</param>
internal readonly record struct FileFate(SkipReason? Reason, string Detail = "", UnifyMethod Method = UnifyMethod.HardLink)
{
    /// <summary>The method, for files that are shared, by this run or an earlier one.</summary>
    public UnifyMethod? MethodIfShared => Reason is null or SkipReason.AlreadyShared ? Method : null;
}
