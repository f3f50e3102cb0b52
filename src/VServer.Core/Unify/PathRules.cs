using System.Text;
using VServer.Errors;

namespace VServer.Unify;

/// <summary>
/// An ordered list of patterns in the form of vhashify's exclude lists: the first that matches decides; <c>+</c> takes in, <c>-</c> or
/// nothing leaves out, <c>~</c> skips the folder and all below it; <c>*</c> also crosses <c>/</c>, <c>?</c> is one byte. A pattern that is a
/// folder holds for all below it. Paths are as the guest sees them.
/// </summary>
public sealed class PathRules
{
    // What a package may list and still is the guest's own: configuration, state, and what only exists while it runs.
    private static readonly string[] BuiltIn =
    [
        "/etc", "/dev", "/proc", "/sys", "/run", "/tmp", "/home", "/root",
        "/var/log", "/var/lib", "/var/cache", "/var/tmp", "/var/spool", "/var/lock", "/var/run", "/var/mail",
        "*.lock", "*/.lock", "*/lock",
    ];

    private readonly List<Rule> rules = [];

    /// <summary>Puts rules before the built-in ones.</summary>
    /// <exception cref="VServerException">A rule is no absolute path or pattern.</exception>
    public PathRules(IEnumerable<string> first)
    {
        foreach (string text in first.Concat(BuiltIn))
        {
            rules.Add(Parse(text));
        }
    }

    /// <summary>True when files at this path may be shared.</summary>
    public bool Allows(UnixPath path) => FirstMatch(path)?.Include ?? true;

    /// <summary>True of a folder that has, or by the rules' own words leads to, files that may not be shared.</summary>
    public bool LeavesOutOf(UnixPath folder) => !Allows(folder) || rules.Exists(rule => !rule.Include && rule.IsBelow(folder.Bytes));

    /// <summary>The rule that decides, as it was written; null when none matches.</summary>
    public string? Deciding(UnixPath path) => FirstMatch(path)?.Text;

    private Rule? FirstMatch(UnixPath path)
    {
        ReadOnlySpan<byte> bytes = path.Bytes;
        foreach (Rule rule in rules)
        {
            if (rule.Matches(bytes))
            {
                return rule;
            }
        }

        return null;
    }

    private static Rule Parse(string text)
    {
        string pattern = text.TrimStart('+', '-', '~');
        if (text.Length - pattern.Length > 1 || pattern.Length == 0 || pattern[0] is not ('/' or '*'))
        {
            throw new VServerException(
                ErrorIds.PathRuleInvalid,
                ErrorKind.InvalidArgument,
                text,
                $"'{text}' is no path rule. A rule is an absolute path inside the guest or a pattern that starts with '*', with '+' before it to take in or '-' or '~' to leave out.");
        }

        return new Rule(text, text[0] == '+', Encoding.UTF8.GetBytes(pattern.TrimStart('/')));
    }

    private sealed record Rule(string Text, bool Include, byte[] Pattern)
    {
        // What a pattern that may begin anywhere ends with: nearly all paths have it nowhere, and that is soon seen.
        private readonly byte[] ending = Pattern.AsSpan().StartsWith("*"u8) ? Pattern[(Pattern.AsSpan().LastIndexOfAny("*?"u8) + 1)..] : [];

        public bool Matches(ReadOnlySpan<byte> path) => path.IndexOf(ending) >= 0 && BytePattern.Matches(Pattern, path, folderToo: true);

        public bool IsBelow(ReadOnlySpan<byte> folder) =>
            Pattern.Length > folder.Length && Pattern[folder.Length] == (byte)'/' && Pattern.AsSpan().StartsWith(folder);
    }
}
