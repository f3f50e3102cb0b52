using System.Globalization;

namespace VServer.Linux.Storage;

/// <summary>User ids that the host's own files give away. Lines that make no sense give nothing away.</summary>
internal static class UserIds
{
    /// <summary>The ranges in passwd, group, subuid and subgid of a folder, as first and last id.</summary>
    public static IReadOnlyList<(uint First, uint Last)> Read(string folder) =>
    [
        .. Lines(folder, "passwd").Select(static fields => One(fields, 2)).OfType<(uint, uint)>(),
        .. Lines(folder, "group").Select(static fields => One(fields, 2)).OfType<(uint, uint)>(),
        .. Lines(folder, "subuid").Select(Range).OfType<(uint, uint)>(),
        .. Lines(folder, "subgid").Select(Range).OfType<(uint, uint)>(),
    ];

    private static IEnumerable<string[]> Lines(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path) ? File.ReadLines(path).Select(static line => line.Split(':')) : [];
    }

    private static (uint First, uint Last)? One(string[] fields, int index) =>
        fields.Length > index && TryParse(fields[index], out uint id) ? (id, id) : null;

    private static (uint First, uint Last)? Range(string[] fields) =>
        fields.Length == 3 && TryParse(fields[1], out uint first) && TryParse(fields[2], out uint count) && count > 0
            ? (first, (uint)Math.Min(first + (count - 1UL), uint.MaxValue))
            : null;

    private static bool TryParse(string text, out uint id) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
}
