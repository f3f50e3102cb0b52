namespace VServer.Packages;

/// <summary>Guesses what somebody meant to type.</summary>
internal static class NearNames
{
    private const int MostNames = 3;

    // Longer words would only be a way to keep us busy.
    private const int LongestName = 64;

    /// <summary>Known names that differ by a slip or two, or that begin as this one does; nearest first.</summary>
    public static string[] Find(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > LongestName)
        {
            return [];
        }

        int allowed = name.Length < 4 ? 1 : 2;
        return [.. known
            .Select(candidate => (Name: candidate, Distance: candidate.StartsWith(name, StringComparison.Ordinal) ? 1 : Distance(name, candidate)))
            .Where(candidate => candidate.Distance <= allowed)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(MostNames)
            .Select(candidate => candidate.Name)];
    }

    // Levenshtein's: letters to insert, drop or replace.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j - 1], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
