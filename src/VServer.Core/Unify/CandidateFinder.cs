using VServer.Accounting;
using VServer.Packages;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>Walks the reference and says which of its files may be shared. Package lists only filter what the walk finds.</summary>
internal sealed class CandidateFinder(UnifyRequest request, PathRules rules, IPackageDatabase? database)
{
    private readonly ExcludedInodes excluded = new();
    private PackageOwners? owners;

    /// <summary>The packages that the request takes in; candidates point into it.</summary>
    public IReadOnlyList<InstalledPackage> Packages { get; } =
        database is null ? [] : [.. database.Packages.Where(package => request.Package(package.Name))];

    /// <summary>Finds all candidates; the folder with most to do comes first, so that no thread is left with it at the end.</summary>
    public IReadOnlyList<FolderWork> Find(IFolder root, CancellationToken cancellation)
    {
        owners = database is null ? null : PackageOwners.Read(root, database, Packages, cancellation);
        List<(UnixPath Path, List<Candidate> Files)> found = [];
        foreach (WalkedFolder folder in TreeWalk.Through(root, descends: null, cancellation))
        {
            if (Take(folder.Path, folder.Entries) is { Count: > 0 } files)
            {
                found.Add((folder.Path, files));
            }
        }

        return [.. found.Select(folder => Complete(folder.Path, folder.Files)).OrderByDescending(static work => work.Bytes)];
    }

    private List<Candidate> Take(UnixPath path, IReadOnlyList<FolderEntry> entries)
    {
        List<Candidate> files = [];
        foreach (FolderEntry entry in entries)
        {
            if (entry.Facts.Kind == FileKind.Regular && TryMakeCandidate(path.Combine(entry.Name), entry, out Candidate candidate))
            {
                files.Add(candidate);
            }
        }

        return files;
    }

    // All names of an inode are known when the walk has ended.
    private FolderWork Complete(UnixPath path, List<Candidate> files)
    {
        long bytes = 0;
        for (int index = 0; index < files.Count; index++)
        {
            Candidate candidate = files[index];
            if (candidate.Refusal is null && excluded.Find(candidate.Facts) is { } name)
            {
                files[index] = candidate with { Refusal = SkipReason.Excluded, RefusedName = name };
            }
            else if (candidate.Refusal is null)
            {
                bytes += candidate.Facts.Size;
            }
        }

        return new FolderWork(path, files, bytes);
    }

    private bool TryMakeCandidate(UnixPath path, in FolderEntry entry, out Candidate candidate)
    {
        (int package, bool configuration) = owners?.Find(path) ?? new PackageOwner(-1, false);
        bool isMeant = request.Path?.Invoke(path) != false && (package >= 0 || request.Scope != UnifyScope.Package);
        if (!isMeant && entry.Facts.LinkCount == 1)
        {
            candidate = default;
            return false;
        }

        SkipReason? kept = configuration ? SkipReason.Configuration : rules.Allows(path) ? null : SkipReason.Excluded;
        if (kept is not null)
        {
            excluded.Add(path, entry.Facts);
        }

        candidate = new Candidate(entry.Name, entry.Facts, package, kept ?? request.RefuseBySize(entry.Facts.Size));
        return isMeant;
    }
}
