using System.Globalization;

namespace VServer.Provision.Rewriting;

/// <summary>
/// What the Windows build asks of Windows and what it gets instead, read from <c>methods.txt</c>.
/// </summary>
public sealed class ReplacementTable
{
    private ReplacementTable(IReadOnlyList<Replacement> methods, IReadOnlyList<LiteralReplacement> literals)
    {
        Methods = methods;
        Literals = literals;
    }

    /// <summary>Methods that get another body.</summary>
    public IReadOnlyList<Replacement> Methods { get; }

    /// <summary>String constants that get another value.</summary>
    public IReadOnlyList<LiteralReplacement> Literals { get; }

    /// <summary>Reads a table: <c>[assembly]</c> opens a section, <c>#</c> a comment.</summary>
    public static ReplacementTable Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var methods = new List<Replacement>();
        var literals = new List<LiteralReplacement>();
        var assembly = "";
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                assembly = line.Trim('[', ']');
                continue;
            }

            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["literal", var before, var after])
            {
                literals.Add(new LiteralReplacement(assembly, before, after));
                continue;
            }

            methods.Add(ParseMethod(assembly, words, line));
        }

        return new ReplacementTable(methods, literals);
    }

    private static Replacement ParseMethod(string assembly, string[] words, string line)
    {
        var colons = words[0].LastIndexOf("::", StringComparison.Ordinal);
        if (colons < 0)
        {
            throw new FormatException($"The method table has a line that names no method: {line}");
        }

        var (type, method) = (words[0][..colons], words[0][(colons + 2)..]);
        return words[1..] switch
        {
            ["default"] => new Replacement(assembly, type, method, ReplacementKind.Default),
            ["true"] => new Replacement(assembly, type, method, ReplacementKind.Constant, 1),
            ["value", var number] => new Replacement(
                assembly, type, method, ReplacementKind.Constant, int.Parse(number, CultureInfo.InvariantCulture)),
            ["call", var target] => new Replacement(assembly, type, method, ReplacementKind.Call, Target: target),
            ["filter", var target] => new Replacement(assembly, type, method, ReplacementKind.Filter, Target: target),
            ["redirect", var callee, var target] => new Replacement(
                assembly, type, method, ReplacementKind.Redirect, Target: target, Callee: callee),
            _ => throw new FormatException($"The method table has a line that cannot be read: {line}"),
        };
    }
}
