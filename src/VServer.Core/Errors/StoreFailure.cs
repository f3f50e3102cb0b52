namespace VServer.Errors;

/// <summary>The one place where a failed operation in a store gets its public id.</summary>
public static class StoreFailure
{
    /// <summary>Tells what failed in the words of the module.</summary>
    /// <param name="failure">What the kernel said.</param>
    /// <param name="target">What the user named: a guest, a template or a store.</param>
    public static VServerException From(TreeException failure, string target)
    {
        string id = failure.Kind switch
        {
            ErrorKind.NoSpace => ErrorIds.StoreFull,
            ErrorKind.ReadOnly => ErrorIds.StoreReadOnly,
            ErrorKind.CrossesFileSystem => ErrorIds.FileSystemsDiffer,
            _ => ErrorIds.TreeFailed,
        };
        return new VServerException(id, failure.Kind, target, $"'{target}': {failure.Message}", failure);
    }
}
