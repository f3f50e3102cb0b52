using VServer.Errors;

namespace VServer.Packages;

/// <summary>The one sentence for databases that cannot be read.</summary>
public static class DatabaseFailure
{
    /// <summary>Makes the failure.</summary>
    /// <param name="owner">Whose database it is, as the user named it.</param>
    /// <param name="kind">What sort of failure it is.</param>
    /// <param name="why">What is wrong, to be read after a colon.</param>
    /// <param name="inner">What lay under it.</param>
    public static VServerException Make(string owner, ErrorKind kind, string why, Exception? inner = null) => new(
        ErrorIds.PackageDatabaseInvalid,
        kind,
        owner,
        $"The package database of '{owner}' cannot be read: {why.TrimEnd('.')}. Mend it with its own package tools, or restore the file.",
        inner);
}
