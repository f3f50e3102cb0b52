using System.Globalization;
using VServer.Errors;

namespace VServer.Packages;

/// <summary>Counts what a database lists, so that one that lists without end fills no memory. Safe for several threads.</summary>
internal sealed class PathBudget(string owner)
{
    // Ten times what the largest real systems list.
    private const int MostPaths = 4_000_000;

    private int left = MostPaths;

    /// <summary>Takes one path into account.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public void Spend()
    {
        if (Interlocked.Decrement(ref left) < 0)
        {
            throw DatabaseFailure.Make(owner, ErrorKind.InvalidData, string.Create(CultureInfo.InvariantCulture, $"it lists more than {MostPaths:N0} files"));
        }
    }
}
