using VServer.Accounting;
using VServer.Packages;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Walks the reference and says which of its files may be shared. Package lists only filter what the walk finds.</summary>
internal sealed class CandidateFinder(UnifyRequest request, PathRules rules, IPackageDatabase? database)
{
    private PackageOwners? owners;

    /// <summary>The packages that the request takes in; candidates point into it.</summary>
    public IReadOnlyList<InstalledPackage> Packages { get; } =
        database is null ? [] : [.. database.Packages.Where(package => request.Package(package.Name))];

    /// <summary>Finds all candidates; the folder with most to do comes first, so that no thread is left with it at the end.</summary>
    public IReadOnlyList<FolderWork> Find(IFolder root, CancellationToken cancellation)
    {
        owners = database is null ? null : PackageOwners.Read(root, database, Packages, cancellation);
        List<FolderWork> found = [];
        foreach (WalkedFolder folder in TreeWalk.Through(root, descends: null, cancellation))
        {
            Take(folder.Path, folder.Entries, found);
        }

        found.Sort(static (left, right) => right.Bytes.CompareTo(left.Bytes));
        return found;
    }

    private void Take(UnixPath path, IReadOnlyList<FolderEntry> entries, List<FolderWork> found)
    {
        List<Candidate> files = [];
        long bytes = 0;
        foreach (FolderEntry entry in entries)
        {
            if (entry.Facts.Kind == FileKind.Regular && TryMakeCandidate(path.Combine(entry.Name), entry, out Candidate candidate))
            {
                files.Add(candidate);
                bytes += candidate.Refusal is null ? entry.Facts.Size : 0;
            }
        }

        if (files.Count > 0)
        {
            found.Add(new FolderWork(path, files, bytes));
        }
    }

    private bool TryMakeCandidate(UnixPath path, in FolderEntry entry, out Candidate candidate)
    {
        if (request.Path?.Invoke(path) == false)
        {
            candidate = default;
            return false;
        }

        int package = -1;
        bool configuration = false;
        if (owners?.Find(path) is { } owner)
        {
            (package, configuration) = owner;
        }
        else if (request.Scope == UnifyScope.Package)
        {
            candidate = default;
            return false;
        }

        candidate = new Candidate(entry.Name, entry.Facts, package, Refusal(path, entry.Facts, configuration));
        return true;
    }

    private SkipReason? Refusal(UnixPath path, in FileFacts facts, bool configuration)
    {
        if (configuration)
        {
            return SkipReason.Configuration;
        }

        if (!rules.Allows(path))
        {
            return SkipReason.Excluded;
        }

        return request.RefuseBySize(facts.Size);
    }
}
