using System.Collections.Concurrent;
using VServer.Ports;

namespace VServer.Packages;

/// <summary>Finds out which package database a tree has, and reads it.</summary>
/// <param name="rpm">The host's rpm, for trees with a database of its kind.</param>
public sealed class PackageDatabaseReader(IRpmProgram rpm) : IPackageDatabaseReader
{
    // To ask a program takes longer than to read a file, so that what it said is kept for as long as the database is as it was.
    private readonly ConcurrentDictionary<string, RpmAnswers> known = new();

    /// <inheritdoc/>
    public IPackageDatabase? TryRead(IFolder root, string owner)
    {
        // A system may have another's tools installed, whose database is there and empty.
        IPackageDatabase? first = null;
        foreach (Func<IPackageDatabase?> read in (Func<IPackageDatabase?>[])
            [() => DpkgDatabase.TryRead(root, owner), () => TryReadRpm(root, owner), () => ApkDatabase.TryRead(root, owner)])
        {
            IPackageDatabase? found = read();
            if (found is { Packages.Count: > 0 })
            {
                return found;
            }

            first ??= found;
        }

        return first;
    }

    private RpmDatabase? TryReadRpm(IFolder root, string owner)
    {
        using RpmFiles? files = RpmFiles.TryOpen(root, owner);
        return files is null ? null : new RpmDatabase(root, known.GetOrAdd(files.Mark, _ => new RpmAnswers(rpm, owner, files)));
    }
}
