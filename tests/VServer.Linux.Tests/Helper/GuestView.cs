using System.Globalization;

namespace VServer.Linux.Tests.Helper;

/// <summary>What a guest's root sees of a folder of its own, to be compared before and after settling: everything but inode numbers, link counts and folders' sizes.</summary>
internal static class GuestView
{
    private const string Script = """
        export LC_ALL=C; cd "$1"
        find . -printf '%P|%y|%m|%U|%G|%l|%T@|' \( -type b -o -type c \) -exec stat -c '%t:%T' {} \; -o -printf '\n' | sort
        find . -type f -exec sha256sum {} + | sort
        find . -print0 | sort -z | xargs -0r getfattr -hd -m - -e hex 2>/dev/null
        """;

    /// <summary>Looks at a folder of a running guest.</summary>
    public static string Of(TestGuest guest, string folder = "/w")
    {
        string looks = guest.Run(guest.Order("sh", "-euc", Script.Replace("$1", folder, StringComparison.Ordinal)), out _);
        string inodes = guest.Run(guest.Order("find", folder, "!", "-type", "d", "-printf", "%i %P\\0"), out _);
        return $"{looks}\n{string.Join('\n', Linked(inodes))}";
    }

    // Names of one inode, as sets: the numbers are others after settling.
    private static IEnumerable<string> Linked(string inodes) => inodes
        .Split('\0', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => line.Split(' ', 2))
        .GroupBy(static parts => ulong.Parse(parts[0], CultureInfo.InvariantCulture), static parts => parts[1])
        .Where(static names => names.Count() > 1)
        .Select(static names => $"one inode: {string.Join(", ", names.Order(StringComparer.Ordinal))}")
        .Order(StringComparer.Ordinal);
}
