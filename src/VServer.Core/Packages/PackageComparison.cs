namespace VServer.Packages;

/// <summary>Puts the packages of several guests side by side.</summary>
public static class PackageComparison
{
    /// <summary>A row for each package that any of them has, in order of name.</summary>
    /// <param name="guests">What to call each, and what it has.</param>
    public static IReadOnlyList<PackageDifference> Compare(IReadOnlyList<(string Label, IReadOnlyList<GuestPackage> Packages)> guests)
    {
        Dictionary<(string Name, string Architecture, string Manager), string?[]> rows = [];
        for (int guest = 0; guest < guests.Count; guest++)
        {
            foreach (GuestPackage package in guests[guest].Packages)
            {
                (string, string, string) key = (package.Package, package.Architecture, package.Manager);
                if (!rows.TryGetValue(key, out string?[]? versions))
                {
                    rows.Add(key, versions = new string?[guests.Count]);
                }

                // Some may be there several times, such as kernels.
                versions[guest] = versions[guest] is { } other ? $"{other}, {package.Version}" : package.Version;
            }
        }

        return [.. rows
            .OrderBy(row => row.Key.Name, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Architecture, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Manager, StringComparer.Ordinal)
            .Select(row => new PackageDifference
            {
                Package = row.Key.Name,
                Architecture = row.Key.Architecture,
                Manager = row.Key.Manager,
                State = Judge(row.Value),
                Versions = new OrderedDictionary<string, string?>(guests.Select((guest, index) => KeyValuePair.Create(guest.Label, row.Value[index]))),
            })];
    }

    private static PackageState Judge(string?[] versions) =>
        versions.Contains(null) ? PackageState.Missing
        : versions.Distinct().Count() == 1 ? PackageState.Same
        : PackageState.Differs;
}
